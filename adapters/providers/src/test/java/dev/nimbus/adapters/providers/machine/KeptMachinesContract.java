package dev.nimbus.adapters.providers.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.testkit.provider.ProviderContract;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines that are processes must do, wherever their host is. */
public abstract class KeptMachinesContract extends ProviderContract {
  /** For how many machines the account has room. */
  protected static final int SLOTS = 3;

  private static final String WAITING = "exec tail -f /dev/null\n";

  @TempDir private Path folder;

  protected KeptMachinesContract() {}

  @BeforeAll
  static void needPrograms() {
    Needs.program("sqlite3");
    Needs.program("setsid");
    Needs.that(Files.isReadable(Path.of("/proc/self/environ")), "Linux's /proc");
  }

  /** Where the machines of a test keep their state. */
  protected final Path stateDir() {
    return folder.resolve("state");
  }

  /** A folder of the test's own. */
  protected final Path folder() {
    return folder;
  }

  @Override
  protected String userData() {
    return WAITING;
  }

  @AfterEach
  final void endMachines() {
    for (var controller : new ControllerId[] {OURS, THEIRS}) {
      try (var provider = open(controller)) {
        provider.instances().forEach(one -> provider.terminate(one.ref()));
      }
    }
  }

  @Test
  void nothingOfATerminatedMachineIsLeft() throws IOException {
    var machine = launched(provider().launch(spec(OURS, "leaves01")));
    assertThat(Processes.of(machine.ref().name().value())).isNotEmpty();

    provider().terminate(machine.ref());

    assertThat(Processes.of(machine.ref().name().value())).isEmpty();
    try (var left = Files.list(stateDir().resolve("machines"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aMachineOutlivesTheProviderThatLaunchedIt() {
    Instance machine;
    try (var first = open(OURS)) {
      machine = launched(first.launch(spec(OURS, "outlives")));
    }

    assertThat(Processes.of(machine.ref().name().value())).isNotEmpty();
    try (var second = open(OURS)) {
      assertThat(second.instances()).extracting(Instance::ref).containsExactly(machine.ref());
    }
  }

  @Test
  void aChildThatLeftItsSessionIsEndedToo() throws IOException {
    var ready = pipe("ready");
    var script =
        "(setsid sh -c 'cd /; echo ready >%s; exec tail -f /dev/null' &)\n%s"
            .formatted(ready, WAITING);
    var machine = launched(provider().launch(running(script, "daemon01")));
    assertThat(Files.readString(ready)).isEqualTo("ready\n");
    var name = machine.ref().name().value();
    var sessions =
        Processes.of(name).stream()
            .map(one -> Processes.run("ps", "-o", "sid=", "-p", Long.toString(one.pid())))
            .distinct();
    assertThat(sessions).hasSize(2);

    provider().terminate(machine.ref());

    assertThat(Processes.of(name)).isEmpty();
  }

  @Test
  @Tag("slow")
  void aMachineThatDoesNotWantToEndIsEnded() throws IOException {
    var ready = pipe("ready");
    var script = "trap '' TERM\necho ready >%s\nwhile :; do sleep 1; done\n".formatted(ready);
    var machine = launched(provider().launch(running(script, "stubborn")));
    assertThat(Files.readString(ready)).isEqualTo("ready\n");

    provider().terminate(machine.ref());

    assertThat(Processes.of(machine.ref().name().value())).isEmpty();
  }

  @Test
  void anotherProcessThatHasTheNumberOfAMachineIsNotTouched() throws IOException {
    var machine = launched(provider().launch(spec(OURS, "reused01")));
    leader(machine).destroyForcibly();
    leader(machine).onExit().join();
    var bystander = new ProcessBuilder("setsid", "tail", "-f", "/dev/null").start();
    try {
      state("UPDATE machine_state SET pid = '%d'".formatted(bystander.pid()));

      assertThat(provider().instances()).isEmpty();
      provider().terminate(machine.ref());

      assertThat(bystander.isAlive()).isTrue();
      assertThat(Processes.of(machine.ref().name().value())).isEmpty();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void aMachineWhoseScriptEndedIsNoMoreAndDoesNotComeAgain() throws IOException {
    var go = pipe("go");
    var spec = running("read -r word <%s\n".formatted(go), "returns1");
    var machine = launched(provider().launch(spec));
    var leader = leader(machine);

    Files.writeString(go, "go\n");
    leader.onExit().join();

    assertThat(provider().instances()).isEmpty();
    assertThat(provider().launch(spec)).isInstanceOf(Launch.Refused.class);
    assertThat(provider().instances()).isEmpty();
  }

  @Test
  void aMachineEndsByItselfWhenItsLifeIsOver() {
    var spec = spec(OURS, "shortly1");
    var brief =
        new MachineSpec(spec.name(), OWNER, cell(), 0, spec.userData(), Duration.ofSeconds(1));

    leader(launched(provider().launch(brief))).onExit().join();

    assertThat(provider().instances()).isEmpty();
  }

  @Test
  void aNameThatIsLaunchedWithOtherParametersIsRefused() {
    provider().launch(running(WAITING, "changed1"));

    var answer = provider().launch(running("# other\n" + WAITING, "changed1"));

    assertThat(answer).isInstanceOf(Launch.Refused.class);
    assertThat(((Launch.Refused) answer).why()).contains("nb-ours0001-changed1");
    assertThat(existing()).hasSize(1);
  }

  @Test
  void aHostHasRoomForAsManyMachinesAsItHasSlots() {
    for (var i = 0; i < SLOTS; i++) {
      launched(provider().launch(spec(OURS, "fills000" + i)));
    }

    assertThat(provider().launch(spec(OURS, "toomany1"))).isInstanceOf(Launch.OutOfCapacity.class);
    provider().terminate(provider().instances().getFirst().ref());

    launched(provider().launch(spec(OURS, "toomany1")));
  }

  @Test
  void aPlaceNobodyKnowsIsRefused() {
    var elsewhere =
        new dev.nimbus.core.provider.Cell(
            cell().provider(), "elsewhere", "slot", "", cell().market());

    var answer = provider().launch(spec(OURS, "nowhere1", elsewhere));

    assertThat(answer).isInstanceOf(Launch.Refused.class);
    assertThat(((Launch.Refused) answer).why()).contains("elsewhere");
  }

  @Test
  void peopleReadTheStateWithTheirOwnProgramForSqlite() {
    launched(provider().launch(spec(OURS, "readable")));

    assertThat(state("SELECT step, status FROM setup_steps ORDER BY seq"))
        .isEqualTo("folders|completed\ntools|completed\nspace|completed");
    assertThat(state("SELECT machine, org, pool, state FROM machine_state"))
        .isEqualTo("nb-ours0001-readable|acme|linux|running");
  }

  @Test
  void aStepThatFailedIsTriedAgainAndThoseDoneAreNot() {
    provider().launch(spec(OURS, "steps001"));
    var before = state("SELECT started_at FROM setup_steps WHERE step = 'folders'");
    state(
        "UPDATE setup_steps SET status = 'failed', error = 'x', completed_at = NULL"
            + " WHERE step = 'tools'");

    provider().launch(spec(OURS, "steps002"));

    assertThat(state("SELECT status, error FROM setup_steps WHERE step = 'tools'"))
        .isEqualTo("completed|");
    assertThat(state("SELECT started_at FROM setup_steps WHERE step = 'folders'"))
        .isEqualTo(before);
  }

  @Test
  void theUserDataIsOnTheDiskWhileItRunsAndNowhereElse() throws IOException {
    var ready = pipe("ready");
    var secret = "ticket-5f0c1e-grün";
    var script = "ticket='%s'\necho ready >%s\n%s".formatted(secret, ready, WAITING);
    var spec = running(script, "secrets1");

    var machine = launched(provider().launch(spec));

    assertThat(Files.readString(ready)).isEqualTo("ready\n");
    assertThat(holding(secret))
        .containsExactly(stateDir().resolve("machines/nb-ours0001-secrets1/script"));
    assertThat(Processes.saying("ticket-5f0c1e")).isEmpty();
    assertThat(spec.toString()).doesNotContain(secret);
    provider().terminate(machine.ref());
    assertThat(holding(secret)).isEmpty();
  }

  @Test
  void whatAMachinePrintsIsKeptUpToABound() throws IOException {
    var ready = pipe("ready");
    var script = "yes | head -c 3000000\necho ready >%s\n%s".formatted(ready, WAITING);

    provider().launch(running(script, "talkativ"));

    assertThat(Files.readString(ready)).isEqualTo("ready\n");
    assertThat(stateDir().resolve("machines/nb-ours0001-talkativ/log")).hasSize(1 << 20);
  }

  /** The first process of a machine. */
  protected static ProcessHandle leader(Instance machine) {
    var id = machine.ref().id();
    return ProcessHandle.of(Long.parseLong(id.substring(0, id.indexOf('-')))).orElseThrow();
  }

  protected final MachineSpec running(String script, String unique) {
    return new MachineSpec(
        MachineName.of(OURS, unique), OWNER, cell(), 0, script, Duration.ofHours(6));
  }

  /** A named pipe, with which a script and the test wait for each other. */
  protected final Path pipe(String name) {
    var pipe = folder.resolve(name);
    Processes.run("mkfifo", pipe.toString());
    return pipe;
  }

  protected final String state(String sql) {
    return Processes.run("sqlite3", stateDir().resolve("state.db").toString(), sql);
  }

  private Stream<Path> holding(String text) throws IOException {
    try (var files = Files.walk(stateDir())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> read(file).contains(text))
          .toList()
          .stream();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return latin(file);
    }
  }

  private static String latin(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
