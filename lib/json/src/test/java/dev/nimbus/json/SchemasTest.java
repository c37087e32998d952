package dev.nimbus.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SchemasTest {
  private final Schemas schemas = new Schemas("#/");

  @Test
  void aRecordSaysItsTypesAndWhatMustBeThere() {
    assertThat(schemas.open(Whole.class, List.of())).isEqualTo(Map.of("$ref", "#/Whole"));
    assertThat(schemas.records())
        .hasToString(
            "{Whole={type=object, properties={"
                + "some_text={type=string}, "
                + "at={type=string, format=date-time}, "
                + "yes={type=boolean}, "
                + "small={type=integer, format=int32}, "
                + "big={type=integer, format=int64}, "
                + "broken={type=number, format=double}, "
                + "many={type=array, items={type=string}}, "
                + "few={type=array, items={type=integer, format=int64}}, "
                + "named={type=object, additionalProperties={type=string}}, "
                + "part={$ref=#/WholePart}"
                + "}, required=[some_text, yes, small, many, named]}, "
                + "WholePart={type=object, properties={}}}");
  }

  @Test
  void whatIsSaidOfAComponentIsInItsSchema() {
    schemas.open(Told.class, List.of());

    assertThat(schemas.records())
        .hasToString(
            "{Told={type=object, properties={"
                + "word={type=string, enum=[a, b], description=One of two.}, "
                + "id={type=string, pattern=^[a-z]+$}, "
                + "next={type=[string, null]}}, required=[id, next]}}");
  }

  @Test
  void aRecordReadStrictlyIsClosedWithAllItsParts() {
    schemas.closed(Outer.class);

    assertThat(schemas.records().values())
        .hasSize(2)
        .allMatch(schema -> Boolean.FALSE.equals(schema.get("additionalProperties")));
  }

  @Test
  void whatStandsForATypeParameterIsPartOfTheName() {
    assertThat(schemas.open(Several.class, List.of(Inner.class)))
        .isEqualTo(Map.of("$ref", "#/InnerSeveral"));
    assertThat(schemas.records().get("InnerSeveral"))
        .hasToString(
            "{type=object, properties={items={type=array, items={$ref=#/Inner}}},"
                + " required=[items]}");
  }

  @Test
  void aRecordMayHoldItself() {
    schemas.open(Knot.class, List.of());

    assertThat(schemas.records())
        .hasToString(
            "{Knot={type=object, properties={knots={type=array, items={$ref=#/Knot}}},"
                + " required=[knots]}}");
  }

  @Test
  void aRecordThatIsBothGivenAndShownHasTwoSchemas() {
    var shown = schemas.open(Inner.class, List.of());
    var given = schemas.closed(Inner.class);

    assertThat(shown).containsEntry("$ref", "#/Inner");
    assertThat(given).containsEntry("$ref", "#/InnerGiven");
    assertThat(schemas.records().get("Inner")).doesNotContainKey("additionalProperties");
    assertThat(schemas.records().get("InnerGiven")).containsEntry("additionalProperties", false);
  }

  @Test
  void whatHasNoSchemaIsNamed() {
    assertThatThrownBy(() -> schemas.open(Odd.class, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Duration");
  }

  record Whole(
      String someText,
      @Nullable Instant at,
      boolean yes,
      int small,
      @Nullable Long big,
      @Nullable Double broken,
      List<String> many,
      @Nullable Set<Long> few,
      Map<String, String> named,
      Whole.@Nullable Part part) {
    record Part() {}
  }

  record Told(
      @Meaning(
              value = "One of two.",
              words = {"a", "b"})
          @Nullable String word,
      @Meaning(pattern = "[a-z]+") String id,
      @NullWhenAbsent @Nullable String next) {}

  record Outer(Inner inner) {}

  record Inner(String text) {}

  record Several<T>(List<T> items) {}

  record Knot(List<Knot> knots) {}

  record Odd(Duration time) {}
}
