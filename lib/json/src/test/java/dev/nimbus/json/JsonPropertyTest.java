package dev.nimbus.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class JsonPropertyTest {
  @Property
  void aRecordIsReadAsItWasWritten(@ForAll("records") Everything value) {
    assertThat(Json.readStrict(Json.write(value), Everything.class)).isEqualTo(value);
    assertThat(Json.read(Json.pretty(value).getBytes(StandardCharsets.UTF_8), Everything.class))
        .isEqualTo(value);
  }

  @Property
  void aDamagedDocumentIsReadOrInvalid(
      @ForAll("records") Everything value, @ForAll("damages") List<Damage> damages) {
    var document = Json.write(value);
    for (var damage : damages) {
      document[Math.floorMod(damage.at, document.length)] = damage.with;
    }
    try {
      assertThat(Json.read(document, Everything.class)).isNotNull();
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }
  }

  @Provide
  Arbitrary<Everything> records() {
    return Combinators.combine(
            texts().injectNull(0.2),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(Boolean.TRUE, Boolean.FALSE),
            instants().injectNull(0.2),
            texts().list().ofMaxSize(3),
            Arbitraries.maps(texts(), Arbitraries.longs()).ofMaxSize(3))
        .as(Everything::new)
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    var grammar =
        Arbitraries.strings()
            .withChars("{}[]\",:\\019eE.-ntf ")
            .ofLength(1)
            .map(c -> (byte) c.charAt(0));
    var bytes = Arbitraries.oneOf(Arbitraries.bytes(), grammar);
    return Combinators.combine(Arbitraries.integers(), bytes).as(Damage::new).list().ofMaxSize(4);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(8);
  }

  private static Arbitrary<Instant> instants() {
    var seconds = Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L);
    var nanos =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999));
    return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
  }

  record Damage(int at, byte with) {}

  record Everything(
      @Nullable String text,
      long number,
      double amount,
      boolean flag,
      @Nullable Instant someTime,
      List<String> items,
      Map<String, Long> byName) {}
}
