package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFileTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String DENY_DEV = "rules: [{id: dev, branches: [dev]}]";
  private static final String DENY_MAIN = "rules: [{id: main, branches: [main]}]";

  private final Metrics metrics = new Metrics();

  @TempDir Path folder;

  @Test
  void aChangedFileIsInForceAfterTheNextStep() throws IOException {
    var policy = opened(DENY_DEV);
    var revision = policy.revision();

    written(DENY_MAIN, NOON.minusSeconds(5));
    assertThat(denier(policy)).isEmpty();
    policy.step();

    assertThat(denier(policy)).isEqualTo("main");
    assertThat(policy.revision()).isNotEqualTo(revision);
    assertThat(policy.lastError()).isEmpty();
    assertThat(reloads("ok")).isEqualTo(2);
  }

  @Test
  void aFileThatIsWrongLeavesTheLastGoodOneInForce() throws IOException {
    var policy = opened(DENY_MAIN);
    var revision = policy.revision();

    written("rules: [{id: main, brnaches: [main]}]", NOON.minusSeconds(5));
    policy.step();
    policy.step();

    assertThat(denier(policy)).isEqualTo("main");
    assertThat(policy.revision()).isEqualTo(revision);
    assertThat(policy.lastError()).hasValueSatisfying(e -> assertThat(e).contains("'brnaches'"));
    assertThat(reloads("failed")).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoodAgainIsTakenAndTheErrorForgotten() throws IOException {
    var policy = opened(DENY_MAIN);
    written("[", NOON.minusSeconds(5));
    policy.step();

    written(DENY_DEV, NOON.minusSeconds(4));
    policy.step();

    assertThat(denier(policy)).isEmpty();
    assertThat(policy.lastError()).isEmpty();
  }

  @Test
  void goingBackToTheContentsInForceForgetsTheErrorToo() throws IOException {
    var policy = opened(DENY_MAIN);
    written("[", NOON.minusSeconds(5));
    policy.step();
    assertThat(policy.lastError()).isPresent();

    written(DENY_MAIN, NOON.minusSeconds(4));
    policy.step();

    assertThat(policy.lastError()).isEmpty();
    assertThat(reloads("ok")).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneOrEmptiedLeavesTheLastGoodOneInForce() throws IOException {
    var policy = opened(DENY_MAIN);

    Files.delete(file());
    policy.step();
    assertThat(denier(policy)).isEqualTo("main");
    assertThat(policy.lastError()).hasValueSatisfying(e -> assertThat(e).contains("no such file"));

    written("# nothing\n", NOON.minusSeconds(5));
    policy.step();
    assertThat(denier(policy)).isEqualTo("main");
    assertThat(policy.lastError()).hasValueSatisfying(e -> assertThat(e).contains("is empty"));
  }

  @Test
  void aFileThatMayStillBeWrittenWaits() throws IOException {
    var policy = opened(DENY_DEV);

    written(DENY_MAIN, NOON.minus(Duration.ofMillis(999)));
    policy.step();
    assertThat(denier(policy)).isEmpty();

    written(DENY_MAIN, NOON.minusSeconds(1));
    policy.step();
    assertThat(denier(policy)).isEqualTo("main");
  }

  @Test
  void aFileOfTheSameSizeAndTimeInItsPlaceIsSeen() throws IOException {
    var policy = opened(DENY_DEV.replace("dev", "abcd"));

    var other = Files.writeString(folder.resolve("other"), DENY_MAIN);
    Files.setLastModifiedTime(other, FileTime.from(NOON.minusSeconds(10)));
    assertThat(Files.size(other)).isEqualTo(Files.size(file()));
    Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);
    policy.step();

    assertThat(denier(policy)).isEqualTo("main");
  }

  @Test
  void aFileThatOnlyLooksNewIsNotCountedAsRead() throws IOException {
    var policy = opened(DENY_MAIN);

    written(DENY_MAIN, NOON.minusSeconds(5));
    policy.step();

    assertThat(reloads("ok")).isEqualTo(1);
  }

  @Test
  void aFileThatIsWrongAtTheStartEndsTheStart() throws IOException {
    written("rules: [{}]", NOON);

    assertThatThrownBy(() -> PolicyFile.open(file(), InstantSource.fixed(NOON), metrics))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("this rule has no 'id'");
  }

  @Test
  void withoutAFileOnlyTheCodeOfMembersRuns() {
    var policy = PolicyFile.open(Path.of(""), InstantSource.fixed(NOON), metrics);
    policy.step();

    assertThat(denier(policy)).isEmpty();
    assertThat(denier(policy, Asked.job().trusted(Trust.FORK)))
        .isEqualTo("untrusted-pull-requests");
    assertThat(policy.revision()).isEqualTo("default");
    assertThat(policy.lastError()).isEmpty();
  }

  @Test
  void decisionsAreCountedByTheRuleThatMadeThem() throws IOException {
    var policy =
        opened(
            """
            rules:
              - {id: dev, branches: [dev]}
              - {id: walled, labels: [gpu], action: isolate}
              - {id: watched, mode: shadow}
            """);

    var _ = denier(policy, Asked.job().on("dev"));
    var _ = denier(policy, Asked.job().labelled("gpu"));
    var _ = denier(policy, Asked.job().labelled("gpu", "cpus:many"));

    assertThat(metrics.exposition())
        .contains(
            decisions("dev", "denied", 1),
            decisions("walled", "isolated", 1),
            decisions("watched", "shadowed", 2),
            decisions("labels", "denied", 1),
            decisions("-", "admitted", 1));
  }

  private PolicyFile opened(String text) throws IOException {
    written(text, NOON.minusSeconds(10));
    return PolicyFile.open(file(), InstantSource.fixed(NOON), metrics);
  }

  private void written(String text, Instant at) throws IOException {
    Files.writeString(file(), text);
    Files.setLastModifiedTime(file(), FileTime.from(at));
  }

  private Path file() {
    return folder.resolve("policy.yaml");
  }

  private static String denier(PolicyFile policy) {
    return denier(policy, Asked.job());
  }

  private static String denier(PolicyFile policy, Asked job) {
    return policy.get().decide(Written.ACME, job.build()) instanceof Admission.Denied denied
        ? denied.by().rule()
        : "";
  }

  private double reloads(String result) {
    var start = "nimbus_control_plane_policy_reloads_total{result=\"" + result + "\"} ";
    return metrics
        .exposition()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .sum();
  }

  private static String decisions(String rule, String result, int count) {
    return "nimbus_control_plane_policy_decisions_total{result=\"%s\",rule=\"%s\"} %d"
        .formatted(result, rule, count);
  }
}
