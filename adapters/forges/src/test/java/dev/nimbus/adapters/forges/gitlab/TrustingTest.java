package dev.nimbus.adapters.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.gitlab.Settings.HookSecrets;
import dev.nimbus.adapters.forges.gitlab.Trusting.Verdict;
import dev.nimbus.core.forge.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The delivery is the one Standard Webhooks publishes for everybody to try. */
final class TrustingTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_KEY = "whsec_VGhlIGZha2UgR2l0TGFiIHNpZ25zIHdpdGggdGhpcy4=";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String RIGHT = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String WRONG = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Instant SENT = Instant.ofEpochSecond(1_614_265_330);
  private static final Verdict BELIEVED = new Verdict.Believed(ID);

  @Test
  void thePublishedSignatureIsBelieved() {
    assertThat(of(keys(KEY), signed(RIGHT), SENT)).isEqualTo(BELIEVED);
    assertThat(of(keys(OTHER_KEY), signed(RIGHT), SENT)).isInstanceOf(Verdict.Doubted.class);
  }

  @Test
  void oneOfSeveralSignaturesAndKeysIsEnough() {
    var several = signed(WRONG + " v1a,AAAA " + RIGHT + " v2,zz");

    assertThat(of(keys(OTHER_KEY, KEY), several, SENT)).isEqualTo(BELIEVED);
    assertThat(of(keys(KEY), signed(WRONG + " " + WRONG), SENT))
        .isInstanceOf(Verdict.Doubted.class);
  }

  @Test
  void noMoreSignaturesAreTriedThanAnybodyNeeds() {
    assertThat(of(keys(KEY), signed((WRONG + " ").repeat(15) + RIGHT), SENT)).isEqualTo(BELIEVED);
    assertThat(of(keys(KEY), signed((WRONG + " ").repeat(16) + RIGHT), SENT))
        .isInstanceOf(Verdict.Doubted.class);
  }

  @Test
  void aSignatureOfAnotherIdTimeOrBodyIsNone() {
    for (var header : List.of("webhook-id", "webhook-timestamp")) {
      var changed = new TreeMap<>(signed(RIGHT));
      changed.put(header, "1614265331");

      assertThat(of(keys(KEY), changed, SENT)).isInstanceOf(Verdict.Doubted.class);
    }
    var body = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);
    assertThat(new Trusting(keys(KEY)).of(new Delivery(signed(RIGHT), body, SENT)))
        .isInstanceOf(Verdict.Doubted.class);
  }

  @Test
  void aTimeIsToleratedUpToTheLimitBothWays() {
    for (var seconds : List.of(-300, 0, 300)) {
      assertThat(of(keys(KEY), signed(RIGHT), SENT.plusSeconds(seconds))).isEqualTo(BELIEVED);
    }
    for (var seconds : List.of(-301, 301, 86_400 * 365)) {
      assertThat(of(keys(KEY), signed(RIGHT), SENT.plusSeconds(seconds)))
          .isInstanceOfSatisfying(
              Verdict.Doubted.class, doubted -> assertThat(doubted.why()).contains("at most 300"));
    }
  }

  @Test
  void aTokenDoesNotRescueAWrongSignature() {
    var both = new HookSecrets(keys(KEY).signing(), List.of("hush"), Duration.ofMinutes(5));
    var headers = new TreeMap<>(signed(WRONG));
    headers.put("x-gitlab-token", "hush");
    headers.put("idempotency-key", "7");

    assertThat(of(both, headers, SENT)).isInstanceOf(Verdict.Doubted.class);
    headers.remove("webhook-signature");
    assertThat(of(both, headers, SENT)).isEqualTo(new Verdict.Believed("7"));
  }

  @Test
  void oneOfSeveralTokensIsEnoughAndNothingLikeOneIs() {
    var tokens = new HookSecrets(List.of(), List.of("one", "two"), Duration.ofMinutes(5));
    for (var token : List.of("one", "two")) {
      assertThat(of(tokens, Map.of("X-Gitlab-Token", token, "Idempotency-Key", "7"), SENT))
          .isEqualTo(new Verdict.Believed("7"));
    }
    for (var token : List.of("", "on", "one ", "One", "onetwo")) {
      assertThat(of(tokens, Map.of("X-Gitlab-Token", token), SENT))
          .isInstanceOf(Verdict.Doubted.class);
    }
  }

  private static Verdict of(HookSecrets secrets, Map<String, String> headers, Instant now) {
    var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    return new Trusting(secrets).of(new Delivery(headers, body, now));
  }

  private static HookSecrets keys(String... keys) {
    var signing = List.of(keys).stream().map(key -> SigningKey.parse(key).orElseThrow()).toList();
    return new HookSecrets(signing, List.of(), Duration.ofMinutes(5));
  }

  private static Map<String, String> signed(String signatures) {
    return Map.of(
        "webhook-id", ID,
        "webhook-timestamp", Long.toString(SENT.getEpochSecond()),
        "webhook-signature", signatures);
  }
}
