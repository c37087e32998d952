package dev.nimbus.hostagent.run;

import static dev.nimbus.hostagent.run.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.runner.FakeTools;
import dev.nimbus.hostagent.runner.SecretStore;
import dev.nimbus.testkit.executor.MemorySandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are runners of a forge, whose credential is fetched at the last moment. */
final class RunnerJobTest {
  private static final SandboxId JOB = id("j-1", 1);
  private static final String TOKEN = "8f3a0c2be1d94756a0b1c2d3e4f5061728394a5b";

  @TempDir Path folder;

  private Path memory;
  private World world;

  @BeforeEach
  void start() throws IOException {
    FakeTools.add(folder.resolve("tools"), "forgejo-runner/forgejo-runner", "#!/bin/sh\n");
    memory = Files.createTempDirectory(SecretStore.MEMORY, "nimbus-test-");
    world = new World(folder.resolve("jobs"), memory).start();
  }

  @AfterEach
  void close() throws Exception {
    world.close();
    world.runners.secrets().sweep(List.of());
    Files.delete(memory);
  }

  @Test
  void aRunnerIsStartedAsItsRegistrationSays() throws Exception {
    world.link.answerRunner(RunnerJobTest::reply);
    var spec = running().spec();

    assertThat(spec.job().command())
        .containsExactly(
            "hang", "/run/nimbus/tool/forgejo-runner", "--token-url=file:/run/nimbus/files/token");
    assertThat(spec.job().environment())
        .containsEntry("NIMBUS_JOB_ID", "j-1")
        .containsEntry("A", "b");
    assertThat(spec.equipment().files()).isEqualTo(Map.of("token", TOKEN));
    assertThat(spec.equipment().environment())
        .isEqualTo(Map.of("CONFIG", "/run/nimbus/files/config.yml"));
    assertThat(spec.equipment().program())
        .isEqualTo(
            new Program.Shared(folder.toRealPath().resolve("tools").resolve("forgejo-runner")));
    assertThat(world.metrics()).contains("nimbus_job_start_seconds_count{phase=\"runner\"} 1");
  }

  @Test
  void itsCredentialIsOnNoDiskAndNotInItsLog() throws Exception {
    world.link.answerRunner(RunnerJobTest::reply);
    var box = running();
    assertThat(written()).isNotEmpty().noneMatch(text -> text.contains(TOKEN));
    box.print("registered with " + TOKEN + "\n");
    box.end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.sink.texts()).contains("registered with ***");
    assertThat(world.runners.secrets().kept(JOB)).isEmpty();
  }

  @Test
  void theNextLifeKeepsItsCredentialOutOfItsLogToo() throws Exception {
    world.link.answerRunner(RunnerJobTest::reply);
    var box = running();
    world.die();
    box.print("still " + TOKEN + "\n");
    box.end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.sink.texts()).contains("still ***");
    assertThat(world.runners.secrets().kept(JOB)).isEmpty();
  }

  @Test
  void aLogWhoseSecretsNobodyKnowsAnyMoreIsNotReadOn() throws Exception {
    world.link.answerRunner(RunnerJobTest::reply);
    var box = running();
    world.runners.secrets().forget(JOB);
    box.print("now " + TOKEN + "\n");
    world.die();
    box.end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.sink.texts()).noneMatch(text -> text.contains("now"));
    assertThat(world.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
  }

  @Test
  void aJobWhoseSecretsCannotBeReadRunsOnUnheardAndStopsNoAgentFromStarting() throws Exception {
    world.link.answerRunner(RunnerJobTest::reply);
    var box = running();
    damage();
    box.print("now " + TOKEN + "\n");
    world.die();
    assertThat(box.running()).isTrue();
    box.end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.sink.texts()).noneMatch(text -> text.contains("now"));
    assertThat(world.sink.texts()).last().asString().startsWith("nimbus: ended exit=0");
    assertThat(world.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
    assertThat(world.runners.secrets().kept(JOB)).isEmpty();
  }

  @Test
  void aForgeThatDoesNotAnswerIsAskedAgainWhileTheLeaseIsKept() throws Exception {
    world.link.queue(grant());
    world.passUntil(() -> world.link.runnersAsked().size() >= 5);
    world.passUntil(() -> !world.link.renewed().isEmpty());
    assertThat(world.executor.found()).isEmpty();

    world.link.answerRunner(RunnerJobTest::reply);
    world.passUntil(() -> world.link.started().contains(JOB));

    assertThat(world.link.finishes(JOB)).isEmpty();
  }

  @Test
  void aJobWhoseForgeStaysAwayIsGivenBackAsNobodysFault() throws Exception {
    world.link.queue(grant());
    world.passUntil(() -> !world.link.finishes(JOB).isEmpty());

    assertThat(world.link.finishes(JOB).getFirst())
        .isEqualTo(
            new FinishRequest(
                "host-1",
                1,
                "not_now",
                0,
                "Its runner could not be registered at forgejo within 60 s: The forge does not"
                    + " answer",
                false));
    assertThat(world.pace.now()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
    assertThat(world.link.runnersAsked()).hasSizeBetween(8, 15);
  }

  @Test
  void aRefusalGivesTheJobBackForLaterAndSaysWhy() throws Exception {
    world.link.answerRunner(
        () -> {
          throw new NimbusException(Kind.DENIED, "runner-refused", "The token lacks a scope");
        });
    world.link.queue(grant());
    world.link.await(() -> !world.link.finishes(JOB).isEmpty());

    assertThat(world.link.finishes(JOB))
        .containsExactly(
            new FinishRequest("host-1", 1, "not_now", 0, "The token lacks a scope", false));
    assertThat(world.jobs().room().slots()).isEqualTo(World.HOST.slots());
  }

  @Test
  void aRefusalIsStillToldAsOneByTheNextLife() throws Exception {
    world.link.answerRunner(
        () -> {
          throw new NimbusException(Kind.DENIED, "runner-refused", "The token lacks a scope");
        });
    world.link.loseFinishAnswers(true);
    world.link.queue(grant());
    world.link.await(() -> !world.link.finishes(JOB).isEmpty());
    world.die();
    world.link.loseFinishAnswers(false);
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(JOB).size()).isGreaterThan(1);
    assertThat(world.link.finishes(JOB)).extracting(FinishRequest::ending).containsOnly("not_now");
  }

  @Test
  void aJobThatHasNothingToServeIsCancelledWithTheReason() throws Exception {
    world.link.answerRunner(
        () -> {
          throw new NimbusException(Kind.CONFLICT, "nothing-to-serve", "It is FINISHED success");
        });
    world.link.queue(grant());
    world.link.await(() -> !world.link.finishes(JOB).isEmpty());
    awaitForgotten();

    assertThat(world.link.finishes(JOB))
        .containsExactly(
            new FinishRequest("host-1", 1, "cancelled", 130, "It is FINISHED success", false));
    assertThat(world.link.started()).isEmpty();
  }

  @Test
  void aJobThatIsSomebodyElsesIsLetGoOf() throws Exception {
    world.link.answerRunner(
        () -> {
          throw new NimbusException(Kind.CONFLICT, "stale-fence", "The fence is newer now");
        });
    world.link.queue(grant());
    world.link.await(() -> !world.link.runnersAsked().isEmpty());
    awaitForgotten();

    assertThat(world.link.finishes(JOB)).isEmpty();
  }

  @Test
  void aJobCalledOffMeanwhileIsNotStarted() throws Exception {
    world.link.queue(grant());
    world.passUntil(() -> world.link.runnersAsked().size() >= 2);
    world.link.cancel("j-1");
    world.passUntil(() -> !world.link.finishes(JOB).isEmpty());

    assertThat(world.link.finishes(JOB).getFirst().ending()).isEqualTo("cancelled");
    assertThat(world.executor.found()).isEmpty();
  }

  @Test
  void aHostWithoutTheProgramAsksForNoCredential() throws Exception {
    world.link.queue(FakeLink.runner("j-1", 1, "gitea", "gitea-runner"));
    world.link.await(() -> !world.link.finishes(JOB).isEmpty());

    assertThat(world.link.runnersAsked()).isEmpty();
    assertThat(world.link.finishes(JOB).getFirst().countsAsAttempt()).isTrue();
    assertThat(world.link.finishes(JOB).getFirst().reason())
        .contains("Cannot run 'gitea-runner' on this host");
  }

  @Test
  void aFileWithANameThatLeadsElsewhereIsRefused() throws Exception {
    world.link.answerRunner(
        () -> new RunnerReply("forgejo-runner", List.of("x"), Map.of(), Map.of("../x", TOKEN)));
    world.link.queue(grant());
    world.link.await(() -> !world.link.finishes(JOB).isEmpty());

    assertThat(world.link.finishes(JOB).getFirst().reason()).contains("Not the name of a file");
    assertThat(world.executor.found()).isEmpty();
  }

  private static RunnerReply reply() {
    return new RunnerReply(
        "forgejo-runner",
        List.of("hang", "{tool}/forgejo-runner", "--token-url=file:{files}/token"),
        Map.of("CONFIG", "{files}/config.yml"),
        Map.of("token", TOKEN));
  }

  private MemorySandbox running() throws InterruptedException {
    world.link.queue(grant());
    var box = world.box("j-1", 1);
    world.link.await(() -> world.link.started().contains(JOB));
    return box;
  }

  private static Grant grant() {
    return FakeLink.runner("j-1", 1, "forgejo", "forgejo-runner");
  }

  /** Writes what is no text over every file with secrets of the job. */
  private void damage() throws IOException {
    try (var files = Files.walk(memory)) {
      for (var file : files.filter(file -> file.endsWith(JOB.name())).toList()) {
        Files.write(file, new byte[] {(byte) 0xff});
      }
    }
  }

  /** Everything in the folders of jobs. */
  private List<String> written() throws IOException {
    try (var files = Files.walk(world.home)) {
      return files.filter(Files::isRegularFile).map(RunnerJobTest::content).toList();
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitForgotten() throws InterruptedException {
    world.link.await(
        () ->
            !world.link.polls().isEmpty()
                && !world.link.anyWaiting()
                && world.jobs().count() == 0
                && world.executor.found().isEmpty());
  }
}
