package dev.nimbus.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private static final Order ORDER =
      new Order("o-1", 3, Instant.parse("2026-11-22T12:00:00.25Z"), List.of("a", "b"), null);

  @Test
  void recordsAreWrittenInSnakeCaseWithTimesAsTextAndWithoutWhatIsAbsent() {
    assertThat(Json.text(ORDER))
        .isEqualTo(
            """
            {"order_id":"o-1","item_count":3,"created_at":"2026-11-22T12:00:00.250Z","tags":["a","b"]}\
            """);
  }

  @Test
  void whatWasWrittenIsReadAsItWas() {
    assertThat(Json.read(Json.write(ORDER), Order.class)).isEqualTo(ORDER);
    assertThat(Json.readStrict(bytes(Json.pretty(ORDER)), Order.class)).isEqualTo(ORDER);
    assertThat(Json.read(new ByteArrayInputStream(Json.write(ORDER)), Order.class))
        .isEqualTo(ORDER);
  }

  @Test
  void unknownPropertiesAreMistakesOnlyWhereTheReaderSaysSo() {
    var newer = bytes("{\"order_id\":\"o-1\",\"item_count\":1,\"colour\":\"red\"}");

    assertThat(Json.read(newer, Order.class).orderId()).isEqualTo("o-1");
    assertInvalid(() -> Json.readStrict(newer, Order.class), "'colour' is unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"item_count\":1.5}",
        "{\"item_count\":\"\"}"
      })
  void whatIsNoSuchDocumentIsRefusedByName(String document) {
    assertInvalid(() -> Json.read(bytes(document), Order.class), "Cannot read Order: ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{} | 'shops' is missing",
        "{\"shops\":null} | 'shops' is null",
        "{\"shops\":[null]} | 'shops[0]' is null",
        "{\"shops\":[{\"size\":1}]} | 'shops[0].name' is missing",
        "{\"shops\":[{\"name\":\"a\"}]} | 'shops[0].size' is missing",
        "{\"shops\":[{\"name\":\"a\",\"size\":null}]} | 'shops[0].size' is null",
        "{\"shops\":[{\"name\":\"a\",\"size\":1,\"tags\":[null]}]} | 'shops[0].tags[0]' is null",
        "{\"shops\":[{\"name\":\"a\",\"size\":1,\"floors\":{\"x\":null}}]} | 'shops[0].floors.x' is null",
        "{\"shops\":[{\"name\":\"a\",\"size\":\"b\"}]} | 'shops[0].size' is not a whole number",
      })
  void whatIsWrongIsSaidWithItsPlace(String document, String why) {
    assertInvalid(() -> Json.read(bytes(document), Street.class), "Cannot read Street: " + why);
    assertInvalid(
        () -> Json.readStrict(bytes(document), Street.class), "Cannot read Street: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"text\":1} | 'text' is not a text",
        "{\"text\":1.5} | 'text' is not a text",
        "{\"text\":true} | 'text' is not a text",
        "{\"text\":{}} | 'text' is not a text",
        "{\"whole\":\"1\"} | 'whole' is not a whole number",
        "{\"whole\":1.5} | 'whole' is not a whole number",
        "{\"whole\":true} | 'whole' is not a whole number",
        "{\"broken\":\"1.5\"} | 'broken' is not a number",
        "{\"yes\":\"true\"} | 'yes' is not true or false",
        "{\"yes\":1} | 'yes' is not true or false",
        "{\"at\":\"noon\"} | 'at' is not a time",
        "{\"texts\":\"a\"} | 'texts' is not a list",
        "{\"texts\":[1]} | 'texts[0]' is not a text",
        "{\"named\":[]} | 'named' is not an object",
        "[] | the document is not an object"
      })
  void aValueOfOneTypeIsNotTakenForAnother(String document, String why) {
    assertInvalid(() -> Json.read(bytes(document), Kinds.class), "Cannot read Kinds: " + why);
  }

  @Test
  void whatARecordMayLackIsAbsentOrNull() {
    var street = new Street(List.of(new Shop("a", 1, null, null)));

    assertThat(Json.read(bytes("{\"shops\":[{\"name\":\"a\",\"size\":1}]}"), Street.class))
        .isEqualTo(street);
    assertThat(
            Json.read(
                bytes("{\"shops\":[{\"name\":\"a\",\"size\":1,\"tags\":null,\"floors\":null}]}"),
                Street.class))
        .isEqualTo(street);
  }

  @Test
  void whatIsNullWhenAbsentIsWrittenAllTheSame() {
    assertThat(Json.text(new Page(List.of("a"), null, null)))
        .isEqualTo("{\"items\":[\"a\"],\"next\":null}");
    assertThat(Json.text(new Page(List.of(), "2", "x")))
        .isEqualTo("{\"items\":[],\"next\":\"2\",\"note\":\"x\"}");
  }

  @Test
  void namesInCamelCaseAreReadWithAnyLettersAndWrittenWithTheUsualOnes() {
    var order = new Order("a", 2, null, null, null);

    assertThat(Json.readCamel(bytes("{\"OrderId\":\"a\",\"itemCount\":2}"), Order.class))
        .isEqualTo(order);
    assertThat(new String(Json.writeCamel(order), StandardCharsets.UTF_8))
        .isEqualTo("{\"orderId\":\"a\",\"itemCount\":2}");
  }

  @Test
  void theDocumentNullIsNoValue() {
    assertInvalid(() -> Json.read(bytes("null"), Order.class), "the document is 'null'");
    assertInvalid(() -> Json.readStrict(bytes(" null "), Order.class), "the document is 'null'");
    assertInvalid(
        () -> Json.read(new ByteArrayInputStream(bytes("null")), Order.class),
        "the document is 'null'");
  }

  private static void assertInvalid(Runnable reading, String part) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining(part)
        .extracting(failure -> ((NimbusException) failure).kind())
        .isEqualTo(Kind.INVALID);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  record Page(List<String> items, @NullWhenAbsent @Nullable String next, @Nullable String note) {}

  record Kinds(
      @Nullable String text,
      @Nullable Long whole,
      @Nullable Double broken,
      @Nullable Boolean yes,
      @Nullable Instant at,
      @Nullable List<String> texts,
      @Nullable Map<String, String> named) {}

  record Street(List<Shop> shops) {}

  record Shop(
      String name, int size, @Nullable List<String> tags, @Nullable Map<String, String> floors) {}

  record Order(
      String orderId,
      int itemCount,
      @Nullable Instant createdAt,
      @Nullable List<String> tags,
      @Nullable String note) {}
}
