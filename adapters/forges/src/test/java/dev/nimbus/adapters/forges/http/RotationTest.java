package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RotationTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Call CALL = Call.get("/jobs", Purpose.MINT);
  private static final Sent FINE = new Sent.Answered(Replies.of(200));
  private static final Sent UNKNOWN = new Sent.Answered(Replies.of(401));

  private final List<String> called = new ArrayList<>();

  @Test
  void theOneThatMayCallSoonestDoes() {
    var rotation =
        new Rotation(
            List.of(
                member("late", NOON.plusSeconds(9), 5_000, () -> FINE),
                member("soon", NOON, 10, () -> FINE)));

    assertThat(rotation.attempt(CALL)).isEqualTo(FINE);
    assertThat(called).containsExactly("soon");
  }

  @Test
  void ofThoseThatMayCallNowTheOneWithMostLeftDoes() {
    var rotation =
        new Rotation(
            List.of(member("poor", NOON, 10, () -> FINE), member("rich", NOON, 5_000, () -> FINE)));

    rotation.attempt(CALL);
    assertThat(called).containsExactly("rich");
  }

  @Test
  void aCredentialTheForgeRefusesIsPassedOver() {
    var rotation =
        new Rotation(
            List.of(
                member("revoked", NOON, 5_000, () -> UNKNOWN),
                member("good", NOON, 10, () -> FINE)));

    assertThat(rotation.attempt(CALL)).isEqualTo(FINE);
    assertThat(called).containsExactly("revoked", "good");
  }

  @Test
  void aCredentialThatCannotBeHadIsPassedOver() {
    var rotation =
        new Rotation(
            List.of(
                member(
                    "uninstalled",
                    NOON,
                    5_000,
                    () -> failure(Kind.DENIED, HttpForgeApi.Credentials.NONE)),
                member("good", NOON, 10, () -> FINE)));

    assertThat(rotation.attempt(CALL)).isEqualTo(FINE);
  }

  @Test
  void whatMayHaveBeenDoneIsNotDoneByAnother() {
    var rotation =
        new Rotation(
            List.of(
                member("broken", NOON, 5_000, () -> failure(Kind.UNAVAILABLE, "")),
                member("good", NOON, 10, () -> FINE)));

    assertThatThrownBy(() -> rotation.attempt(CALL)).hasMessage("no answer");
    assertThat(called).containsExactly("broken");
  }

  @Test
  void whenNoneMayCallTheSoonestIsSaid() {
    var soon = new Sent.Later(NOON.plusSeconds(5), "busy");
    var late = new Sent.Later(NOON.plusSeconds(50), "busy");
    var rotation =
        new Rotation(
            List.of(
                member("one", NOON.plusSeconds(5), 1, () -> late),
                member("revoked", NOON.plusSeconds(5), 1, () -> UNKNOWN),
                member("two", NOON.plusSeconds(5), 1, () -> soon)));

    assertThat(rotation.attempt(CALL)).isEqualTo(soon);
  }

  @Test
  void whenAllAreRefusedThatIsTheAnswer() {
    var rotation = new Rotation(List.of(member("revoked", NOON, 1, () -> UNKNOWN)));

    assertThat(rotation.attempt(CALL)).isEqualTo(UNKNOWN);
  }

  private static Sent failure(Kind kind, String code) {
    throw new NimbusException(kind, code, "no answer");
  }

  private Rotation.Member member(String name, Instant opens, long left, Supplier<Sent> answer) {
    return new Rotation.Member() {
      @Override
      public Sent attempt(Call call) {
        called.add(name);
        return answer.get();
      }

      @Override
      public Instant opens(Call call) {
        return opens;
      }

      @Override
      public Map<String, Long> remaining() {
        return Map.of("core", left);
      }
    };
  }
}
