package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.runner.FakeTools;
import dev.nimbus.hostagent.runner.SecretStore;
import dev.nimbus.hostagent.ship.FakeSink;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runners of forges in real sandboxes, a script standing for their program. */
final class RunnerInSandboxTest {
  private static final SandboxId JOB = SandboxId.parse("j-1.1");
  private static final String TOKEN = "8f3a0c2be1d94756a0b1c2d3e4f5061728394a5b";
  private static final String VARIABLE = "eyJvbmUiOiJ2YXJpYWJsZSBvZiB0aGlzIHRlc3QifQ==";
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Says what it was given and found, prints its secrets, and waits where it is asked to. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      echo "arguments: $*"
      echo "variable: $SECRET"
      cd "$FOLDER" || exit 9
      echo "files: $(stat -c '%a %U %n' . token | tr '\\n' ' ')on $(stat -f -c %T .)"
      echo "token: $(cat token)"
      echo state >state && echo "wrote beside it"
      touch "${0%/*}/f" 2>/dev/null || echo "cannot change itself"
      [ "$1" != wait ] || until [ -e /workspace/go ]; do sleep 0.05; done
      echo "again: $(cat token)"
      """;

  private static final String GITHUB_PROGRAM =
      """
      #!/bin/sh
      root=$(dirname "$(dirname "$0")")
      echo "$ACTIONS_RUNNER_INPUT_JITCONFIG" >"$root/.credentials" || exit 9
      stat -f -c %T "$root"
      "$root/externals/node/bin/node"
      echo log >"$root/_diag/f" && echo work >"$root/_work/f" && cat /workspace/_work/f
      echo waiting
      until [ -e /workspace/go ]; do sleep 0.05; done
      echo "credentials: $(cat "$root/.credentials")"
      """;

  private FakeServices services;
  private Path folder;

  @BeforeEach
  void open() throws IOException {
    Needs.root();
    Needs.program("unshare");
    services = new FakeServices();
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "nimbus-runner-");
    FakeTools.add(tools(), "forgejo-runner/forgejo-runner", PROGRAM);
  }

  @AfterEach
  void close() throws Exception {
    services.close();
    CommandRunner.system().run(List.of("rm", "-rf", folder.toString()), LONG);
  }

  @Test
  void aRunnerFindsWhatItNeedsAndNothingOfItIsLeft() throws Exception {
    try (var agent = HostAgent.start(config(), new Metrics())) {
      assertThat(agent.awaitRegistered(LONG)).isTrue();
      services.link.answerRunner(() -> reply("wait"));
      services.queueRunner("j-1", "forgejo", "forgejo-runner");
      services.sink.await(sink -> sink.texts().contains("cannot change itself"));

      assertThat(visible(TOKEN)).isEmpty();
      assertThat(visible(VARIABLE)).isEmpty();
      letGoOn();
      services.sink.await(FakeSink::complete);
      services.link.await(this::forgotten);
    }

    assertThat(services.link.registrations().getFirst().labels()).contains("runner:forgejo-runner");
    assertThat(services.sink.texts())
        .containsSequence(
            "arguments: wait --at file:/run/nimbus/files/token in /run/nimbus/tool",
            "variable: ***",
            "files: 700 nimbus . 600 nimbus token on tmpfs",
            "token: ***",
            "wrote beside it",
            "cannot change itself",
            "again: ***");
    assertThat(services.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
    assertNothingIsLeft();
  }

  @Test
  void gitHubsRunnerWritesBesideItselfInMemoryAndWorksOnTheDisk() throws Exception {
    FakeTools.add(tools(), "actions-runner/bin/Runner.Listener", GITHUB_PROGRAM);
    FakeTools.add(tools(), "actions-runner/externals/node/bin/node", "#!/bin/sh\necho node\n");
    services.link.answerRunner(
        () ->
            new RunnerReply(
                "actions-runner",
                List.of("{tool}/bin/Runner.Listener", "run"),
                Map.of("ACTIONS_RUNNER_INPUT_JITCONFIG", VARIABLE),
                Map.of()));
    services.queueRunner("j-1", "github", "actions-runner");
    try (var _ = HostAgent.start(config(), new Metrics())) {
      services.sink.await(sink -> sink.texts().contains("waiting"));
      assertThat(visible(VARIABLE)).isEmpty();
      letGoOn();
      services.sink.await(FakeSink::complete);
      services.link.await(this::forgotten);
    }

    assertThat(services.sink.texts())
        .containsSequence("tmpfs", "node", "work", "waiting", "credentials: ***");
    assertThat(names(tools().resolve("actions-runner"))).containsOnly("bin", "externals");
    assertNothingIsLeft();
  }

  @Test
  void aRunnerWhoseAgentIsKilledIsTakenOverAndNothingOfItIsLeft() throws Exception {
    services.link.answerRunner(() -> reply("wait"));
    services.queueRunner("j-1", "forgejo", "forgejo-runner");
    var first = agentProcess();
    services.sink.await(sink -> sink.texts().contains("cannot change itself"));
    first.destroyForcibly().waitFor();
    assertThat(onDisk(TOKEN)).isEmpty();

    try (var _ = HostAgent.start(config(), new Metrics())) {
      services.link.await(() -> services.link.registrations().size() > 1);
      letGoOn();
      services.sink.await(FakeSink::complete);
      services.link.await(this::forgotten);
    }

    assertThat(services.sink.texts()).contains("again: ***").noneMatch(t -> t.contains(TOKEN));
    assertThat(services.link.runnersAsked()).hasSize(1);
    assertThat(services.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
    assertNothingIsLeft();
  }

  @Test
  void whatAKilledAgentLeftOfARunnerThatIsNotOursAnyMoreIsSwept() throws Exception {
    services.link.answerRunner(() -> reply("wait"));
    services.queueRunner("j-1", "forgejo", "forgejo-runner");
    var first = agentProcess();
    services.sink.await(sink -> sink.texts().contains("cannot change itself"));
    first.destroyForcibly().waitFor();
    services.link.drop(JOB);

    try (var _ = HostAgent.start(config(), new Metrics())) {
      services.link.await(this::forgotten);
    }

    assertNothingIsLeft();
  }

  private static RunnerReply reply(String what) {
    return new RunnerReply(
        "forgejo-runner",
        List.of("{tool}/forgejo-runner", what, "--at", "file:{files}/token", "in", "{tool}"),
        Map.of("SECRET", VARIABLE, "FOLDER", "{files}"),
        Map.of("token", TOKEN, "config.yml", "{}"));
  }

  private HostAgentConfig config() {
    return AgentThatDies.config(services.uri(), home(), tools());
  }

  private Process agentProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AgentThatDies.class.getName(),
            services.uri().toString(),
            home().toString(),
            tools().toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void letGoOn() throws IOException {
    Files.createFile(home().resolve("agent/sandboxes/j-1.1/workspace/go"));
  }

  /** Where the text can be seen but for the console, which only the agent's user may read. */
  private List<String> visible(String text) throws Exception {
    return Stream.concat(arguments(text).stream(), onDisk(text).stream()).toList();
  }

  private List<String> onDisk(String text) throws InterruptedException {
    var found =
        CommandRunner.system()
            .run(
                List.of("grep", "-rlaF", "--devices=skip", "--exclude=console", text, folder + ""),
                LONG);
    return found.output().lines().toList();
  }

  private static List<String> arguments(String text) throws IOException {
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .map(process -> read(process.resolve("cmdline")))
          .filter(line -> line.contains(text))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // The process has ended.
    }
  }

  private boolean forgotten() {
    return sandboxes().isEmpty() && names(home().resolve("agent/jobs")).isEmpty();
  }

  private List<String> sandboxes() {
    return names(home().resolve("agent/sandboxes"));
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(sandboxes()).isEmpty();
    assertThat(names(home().resolve("agent/jobs"))).isEmpty();
    assertThat(onDisk(TOKEN)).isEmpty();
    var memory =
        CommandRunner.system()
            .run(List.of("grep", "-rlF", TOKEN, SecretStore.MEMORY.toString()), LONG);
    assertThat(memory.output()).isEmpty();
  }

  private static List<String> names(Path folder) {
    var names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Path tools() {
    return folder.resolve("tools");
  }
}
