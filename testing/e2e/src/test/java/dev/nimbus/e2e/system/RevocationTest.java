package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What services in processes of their own hear of tokens that count no more. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RevocationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Deployment deployment;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    deployment = Deployment.start(folder);
  }

  @AfterAll
  void stop() {
    deployment.close();
  }

  @Test
  void aLoggingPipelineHearsThatATokenWasRevoked() {
    var logs = deployment.logs(deployment.mint("admin", "eve"));
    assertThat(refusal(logs)).isEmpty();

    deployment.client().revoke(new RevokeTokens("admin", "eve", "default"));

    Await.until(
        PATIENCE, () -> "the token to be refused", () -> refusal(logs).equals(kind(Kind.DENIED)));
  }

  @Test
  void aCacheProxyHearsThatTheLeaseOfAJobIsOver() {
    assertThat(deployment.run(CacheScript.LEAVE_TOKEN).out()).startsWith("HTTP/1.1 201 ");

    var thief = deployment.run(CacheScript.USE_TOKEN);

    assertThat(thief.out()).as(thief.toString()).endsWith("refused\n").doesNotContain("found 0");
  }

  @Test
  void withoutAControlPlaneLinesAreTakenButPeopleAreRefusedAfterTheGrace() {
    var logs = deployment.logs(deployment.mint("admin", "ann"));
    var job = longJob();
    Await.until(PATIENCE, () -> "the first lines", () -> lines(logs, job) > 5);

    deployment.killControlPlane();
    try {
      var before = lines(logs, job);
      Await.until(PATIENCE, () -> "more lines", () -> lines(logs, job) > before + 5);
      Await.until(
          PATIENCE,
          () -> "the token to be refused",
          () -> refusal(logs).equals(kind(Kind.UNAVAILABLE)));
      assertThatThrownBy(() -> logs.query(new Query().with("job_id", job)))
          .hasMessageContaining("has not said so for 8 s");
    } finally {
      deployment.startControlPlaneAgain();
    }

    Await.until(PATIENCE, () -> "the token to count again", () -> refusal(logs).isEmpty());
    var _ = deployment.client().cancel(job);
  }

  private String longJob() {
    var script = "i=0; while :; do i=$((i + 1)); echo line $i; sleep 0.1; done";
    var job =
        new SubmitJob(
            List.of("sh", "-c", script), null, null, null, null, null, null, null, null, null);
    return deployment.client().submit(job, "long").id();
  }

  private static int lines(LogClient logs, String job) {
    return logs.query(new Query().with("job_id", job)).items().size();
  }

  private static Optional<Kind> refusal(LogClient logs) {
    try {
      var _ = logs.query(new Query().with("limit", "1"));
      return Optional.empty();
    } catch (NimbusException e) {
      return kind(e.kind());
    }
  }

  private static Optional<Kind> kind(Kind kind) {
    return Optional.of(kind);
  }
}
