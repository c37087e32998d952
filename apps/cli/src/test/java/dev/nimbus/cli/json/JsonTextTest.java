package dev.nimbus.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
  @Test
  void whateverTheServicesWriteIsReadTheSame() {
    var random = new Random(20_261_122);
    for (var round = 0; round < 2_000; round++) {
      var value = value(random, 4);

      assertThat(JsonText.read(Json.text(value))).isEqualTo(value);
      assertThat(JsonText.read(Json.pretty(value))).isEqualTo(value);
    }
  }

  @Test
  void whateverIsWrittenTheServicesReadTheSame() {
    var random = new Random(7);
    for (var round = 0; round < 2_000; round++) {
      var map = Map.of("value", value(random, 4));
      var document = JsonWords.write(map).getBytes(StandardCharsets.UTF_8);

      assertThat(JsonText.read(Json.text(Json.read(document, Map.class)))).isEqualTo(map);
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextDouble();
      case 2 -> random.nextBoolean();
      case 3 -> text(random);
      case 4 -> {
        var list = new ArrayList<Object>();
        for (var count = random.nextInt(4); count > 0; count--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, Object>();
        for (var count = random.nextInt(4); count > 0; count--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    var characters =
        List.of("a", "ü", "\"", "\\", "\n", "\u0001", "/", "\uD83D\uDE00", "\u2028", " ");
    var text = new StringBuilder();
    for (var count = random.nextInt(8); count > 0; count--) {
      text.append(characters.get(random.nextInt(characters.size())));
    }
    return text.toString();
  }

  @Test
  void nullsAreReadAndLeftOutWhenWritten() {
    var map = (Map<?, ?>) Objects.requireNonNull(JsonText.read("{\"a\":null,\"b\":[]}"));

    assertThat(map.containsKey("a")).isTrue();
    assertThat(JsonWords.write(map)).isEqualTo("{\"b\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1",
        "[1,]x",
        "{\"a\"}",
        "{\"a\":}",
        "\"open",
        "\"\\x\"",
        "\"\\u12\"",
        "tru",
        "1 2",
        "--1",
        "nul",
        "{a:1}",
        "\"\\u12zz\""
      })
  void whatIsNotJsonIsSaidToBeSo(String document) {
    assertThatThrownBy(() -> JsonText.read(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not JSON");
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> JsonText.read("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
