package dev.nimbus.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reader of the command line against the one of the services. */
final class JsonTextPropertyTest {
  private static final Pattern TOO_LARGE = Pattern.compile("\\d{19}");

  @Property(tries = 5_000)
  void whatIsReadIsReadTheSameByTheServices(@ForAll("documents") String document) {
    byHand(document).ifPresent(value -> assertThat(byJackson(document)).contains(value));
  }

  @Property(tries = 5_000)
  void whatTheServicesReadIsRead(@ForAll("documents") String document) {
    byJackson(document).ifPresent(value -> assertThat(byHand(document)).contains(value));
  }

  /** The value as text: the two have numbers of different classes. */
  private static Optional<String> byHand(String document) {
    try {
      return Optional.of(Json.text(Objects.requireNonNull(JsonText.read("[" + document + "]"))));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("Not JSON at character ");
      return Optional.empty();
    }
  }

  private static Optional<String> byJackson(String document) {
    var bytes = ("[" + document + "]").getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(Json.text(Json.read(bytes, List.class)));
    } catch (NimbusException e) {
      return Optional.empty();
    }
  }

  /** JSON, and what is almost JSON. No service writes numbers that are larger than a long. */
  @Provide
  Arbitrary<String> documents() {
    var pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\",
            "u00e9",
            "\\u00e9",
            "\\u+123",
            "\\ud83d\\ude00",
            "\\n",
            "\\x",
            "\"a\"",
            "{\"a\":",
            "true",
            "false",
            "null",
            "nul",
            "0",
            "00",
            "1",
            "-",
            "+",
            ".",
            "e",
            "E5",
            "1.5",
            "-0",
            "12345678901",
            " ",
            "\t",
            "\n",
            "\u0001",
            "\u001f",
            "ü");
    return pieces
        .list()
        .ofMaxSize(7)
        .map(parts -> String.join("", parts))
        .filter(document -> !TOO_LARGE.matcher(document).find());
  }
}
