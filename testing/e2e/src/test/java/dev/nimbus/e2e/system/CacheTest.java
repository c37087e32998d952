package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.identity.MintToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What jobs can do with their cache, and what becomes of the token they do it with. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CacheTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Machine machine;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path where) {
    folder = where;
    machine = Machine.start(where, Map.of("NIMBUS_AGENT_SHARED", "true"));
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @Test
  void whatAJobPutsAnotherOfItsRepositoryGets() {
    var put = run(CacheScript.ASK + "ask PUT deps/a.tar 'the content'");
    assertThat(put.out()).as(put.toString()).startsWith("HTTP/1.1 201 ");

    var get = run(CacheScript.ASK + "ask GET deps/a.tar");

    assertThat(get.out()).as(get.toString()).startsWith("HTTP/1.1 200 ").contains("the content");
  }

  @Test
  void aJobOfAnotherTenantFindsNothing() {
    var put = run(CacheScript.ASK + "ask PUT private 'the content'");
    assertThat(put.out()).as(put.toString()).startsWith("HTTP/1.1 201 ");
    var stranger = machine.client().mint(new MintToken("admin", "eve", "globex", null, 600L));

    var get =
        machine
            .cli()
            .with(Map.of("NIMBUS_TOKEN", stranger.token()))
            .run(
                "run",
                "--url=" + machine.url(),
                "--repository=acme/shop",
                "--",
                "bash",
                "-c",
                CacheScript.ASK + "ask GET private");

    assertThat(get.out()).as(get.toString()).startsWith("HTTP/1.1 404 ");
    assertThat(get.out()).doesNotContain("the content");
  }

  @Test
  void theTokenIsNeitherInTheLogNorAmongTheArgumentsOfAnyProcess() {
    var script =
        "echo \"$NIMBUS_CACHE_TOKEN\" >token; cat token; printf %s x${NIMBUS_CACHE_TOKEN:0:20}; sleep 1;"
            + " echo ${NIMBUS_CACHE_TOKEN:20}; until [ -e /tmp/done ]; do sleep 0.1; done";
    try (var job = machine.cli().start("run", "--", "bash", "-c", script)) {
      Await.until(PATIENCE, job::toString, () -> job.out().endsWith("x***\n"));
      var token = Await.value(PATIENCE, () -> "the script of the job", this::tokenOfTheJob);

      assertThat(Leftovers.processes(token)).isEmpty();
      assertThat(job.out()).isEqualTo("***\nx***\n");
      job.interrupt();
      assertThat(job.exitCode()).isEqualTo(130);
    }
  }

  @Test
  void aTokenIsRefusedOnceTheLeaseOfItsJobIsOver() {
    assertThat(run(CacheScript.LEAVE_TOKEN).out()).startsWith("HTTP/1.1 201 ");

    var thief = run(CacheScript.USE_TOKEN);

    assertThat(thief.out()).as(thief.toString()).endsWith("refused\n").doesNotContain("found 0");
  }

  @Test
  void aJobWithoutNetworkIsNotToldOfTheCache() {
    var job = machine.cli().run("run", "--network=none", "--", "sh", "-c", "env | grep CACHE");

    assertThat(job.exitCode()).as(job.toString()).isEqualTo(1);
    assertThat(job.out()).isEmpty();
  }

  private Running run(String script) {
    return machine.cli().run("run", "--repository=acme/shop", "--", "bash", "-c", script);
  }

  /** What the one job that runs was handed, from where it wrote it down. */
  private Optional<String> tokenOfTheJob() {
    var sandboxes = folder.resolve("home").resolve("agent").resolve("sandboxes");
    return Leftovers.entries(sandboxes).stream()
        .map(sandbox -> sandbox.resolve("workspace").resolve("token"))
        .filter(Files::exists)
        .map(file -> text(file).strip())
        .filter(token -> !token.isEmpty())
        .findFirst();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
