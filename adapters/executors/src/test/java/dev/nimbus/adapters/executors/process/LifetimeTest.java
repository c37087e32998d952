package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.command.CommandRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How sandboxes end, outlive their agent, and leave nothing behind. */
abstract class LifetimeTest extends SandboxTest {
  private static final String DAEMONS =
      """
      i=0
      while [ $i -lt 18 ]; do
        setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 1; done' >/dev/null 2>&1 &
        i=$((i + 1))
      done
      """;
  private static final String STUBBORN = "trap '' TERM; echo up; while :; do sleep 1; done";

  LifetimeTest(LauncherKind kind) {
    super(kind);
  }

  @Test
  void whatAJobLeavesRunningIsKilledBeforeItsEndIsTold() throws Exception {
    try (var sandbox = start(DAEMONS + "echo up; exit 3")) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(3));
      assertThat(processes(sandbox)).isEmpty();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void daemonsThatIgnoreEverythingAreKilledAfterTheGrace() throws Exception {
    try (var sandbox = start(DAEMONS + STUBBORN)) {
      waitFor(sandbox, "up\n");
      sandbox.stop(Duration.ofMillis(100));
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(137));
      assertThat(processes(sandbox)).isEmpty();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void aJobMayTidyUpWithinTheGrace() throws Exception {
    try (var sandbox = start("trap 'echo tidy; exit 9' TERM; echo up; while :; do sleep 1; done")) {
      waitFor(sandbox, "up\n");
      sandbox.stop(LONG);
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(9));
      assertThat(text(sandbox)).startsWith("up\n").endsWith("tidy\n");
    }
  }

  @Test
  void aSandboxStoppedAtOnceEndsAtOnce() throws Exception {
    try (var sandbox = start("sleep 1000")) {
      sandbox.stop(LONG);
      sandbox.await();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void aLaterLifeEndsASandboxThatIsOverItsDiskLimit() throws Exception {
    var id = SandboxId.parse("j-full.1");
    killedAgent(id, "head -c 12m /dev/zero >f; sleep 1000");
    try (var sandbox = rig().another().adopt(id).orElseThrow()) {
      assertThat(sandbox.await()).isEqualTo(new Exit.OverDisk(8L << 20));
    }
  }

  @Test
  void whatIsInDeepFoldersCountsAndHolesDoNot() throws Exception {
    var script =
        "truncate -s 1T hole;"
            + " perl -e 'for (1 .. 600) { mkdir \"folder\"; chdir \"folder\"; }"
            + " open(F, \">f\"); print F \"x\" x (1 << 20) for 1 .. 80; close F; print \"down\\n\";';"
            + " sleep 1000";
    try (var sandbox = start(script)) {
      assertThat(sandbox.await()).isEqualTo(new Exit.OverDisk(DISK.workspaceBytes()));
      assertThat(text(sandbox)).isEqualTo("down\n");
    }
  }

  @Test
  void aTrialThatHangsIsKilled() throws Exception {
    try (var sandbox = (ProcessSandbox) start(STUBBORN)) {
      waitFor(sandbox, "up\n");
      assertThat(sandbox.awaitOrKill(Duration.ofMillis(50))).isEqualTo(new Exit.Exited(137));
    }
  }

  @Test
  void aSandboxClosedAtOnceLeavesNothing() {
    for (var i = 0; i < 5; i++) {
      start(DAEMONS + STUBBORN).close();
      assertThat(rig().executor().controlGroups()).noneMatch(Files::exists);
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void manySandboxesRunAtOnceWithoutKnowingOfEachOther() throws Exception {
    var sandboxes = new ArrayList<Sandbox>();
    for (var i = 0; i < 20; i++) {
      sandboxes.add(
          start("echo $1 >mine; sleep 0.2; cat mine; ls /proc | grep -c '^[0-9]'", "" + i));
    }
    for (var i = 0; i < 20; i++) {
      assertThat(sandboxes.get(i).await()).isEqualTo(new Exit.Exited(0));
      assertThat(text(sandboxes.get(i))).matches(i + "\n[3-5]\n");
    }
    sandboxes.forEach(Sandbox::close);
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void aSandboxOutlivesAnAgentThatIsKilled() throws Exception {
    var script = "echo before; until [ -e go ]; do sleep 0.02; done; echo after; exit 7";
    var id = SandboxId.parse("j-orphan.4");
    killedAgent(id, script);
    var executor = rig().another();
    assertThat(executor.found()).contains(id);
    try (var sandbox = executor.adopt(id).orElseThrow()) {
      waitFor(sandbox, "before\n");
      Files.createFile(workspace(sandbox).resolve("go"));
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(7));
      assertThat(text(sandbox)).isEqualTo("before\nafter\n");
      assertThat(sandbox.usage().peakMemoryBytes()).isPositive();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void anAdoptedSandboxCanBeStopped() throws Exception {
    var id = SandboxId.parse("j-orphan.5");
    killedAgent(id, DAEMONS + STUBBORN);
    try (var sandbox = rig().another().adopt(id).orElseThrow()) {
      waitFor(sandbox, "up\n");
      sandbox.stop(Duration.ofMillis(50));
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(137));
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void aSweepTakesWhatAKilledAgentLeftAndNothingElse() throws Exception {
    var id = SandboxId.parse("j-orphan.6");
    killedAgent(id, DAEMONS + STUBBORN);
    var foreign = new ProcessBuilder("sleep", "1000");
    foreign.environment().put(Processes.MARK, "/elsewhere/sandboxes/j-orphan.6");
    var stranger = foreign.start();
    try (var kept = start("echo up; until [ -e go ]; do sleep 0.02; done; echo end")) {
      waitFor(kept, "up\n");
      assertThat(rig().another().sweep(List.of(kept.id())))
          .anySatisfy(line -> assertThat(line).contains("j-orphan.6"));
      assertThat(stranger.isAlive()).isTrue();
      assertThat(rig().executor().found()).containsExactly(kept.id());
      Files.createFile(workspace(kept).resolve("go"));
      assertThat(kept.await()).isEqualTo(new Exit.Exited(0));
      assertThat(text(kept)).isEqualTo("up\nend\n");
    } finally {
      stranger.destroyForcibly();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void aSweepFindsProcessesAndGroupsWithoutAFolder() throws Exception {
    var sandbox = start(DAEMONS + STUBBORN);
    waitFor(sandbox, "up\n");
    var moved = rig().home().resolve("moved-away");
    Files.move(files(sandbox).folder(), moved);
    assertThat(rig().another().sweep(List.of()))
        .anySatisfy(line -> assertThat(line).startsWith("process "))
        .anySatisfy(line -> assertThat(line).startsWith("control group "));
    assertThat(rig().leftovers()).isEmpty();
    removal().remove(moved);
  }

  @Test
  void aSandboxWhoseSupervisorIsKilledHasCrashedAndLeavesNothing() throws Exception {
    try (var sandbox = start(DAEMONS + STUBBORN)) {
      waitFor(sandbox, "up\n");
      var supervisor = Supervisor.parse(Files.readString(files(sandbox).supervisor()));
      Processes.kill(supervisor.orElseThrow().pid());
      assertThat(sandbox.await()).isInstanceOf(Exit.Crashed.class);
      assertThat(processes(sandbox)).isEmpty();
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void removingAWorkspaceNeverLeavesIt() throws Exception {
    var outside = Files.createDirectory(rig().home().resolve("outside"));
    Files.writeString(outside.resolve("precious"), "kept");
    var script =
        """
        ln -s "$1" link; ln -s "$1/precious" link-to-file; ln -s / root; ln -s .. up
        mkdir -p locked/inner; echo x >locked/inner/file; chmod 0 locked/inner locked
        mkfifo pipe; i=0
        while [ $i -lt 193 ]; do mkdir -p deepdeepdeepdeepdeep; cd deepdeepdeepdeepdeep; i=$((i + 1)); done
        cd /workspace; printf x >'odd
        name'; mv -- locked -locked; echo done
        """;
    try (var sandbox = start(script, outside.toString())) {
      assertThat(text(sandbox)).isEqualTo("done\n");
    }
    assertThat(rig().leftovers()).isEmpty();
    assertThat(outside.resolve("precious")).hasContent("kept");
    assertThat(Files.isDirectory(Path.of("/usr"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    removal().remove(outside);
  }

  @Test
  void whatIsMountedInAWorkspaceIsLetGoOfAndNotEmptied() throws Exception {
    var outside = Files.createDirectory(rig().home().resolve("mounted"));
    Files.writeString(outside.resolve("precious"), "kept");
    try (var sandbox = start("mkdir here; echo up; sleep 1000")) {
      waitFor(sandbox, "up\n");
      var here = workspace(sandbox).resolve("here").toString();
      CommandRunner.system().run(List.of("mount", "--bind", outside.toString(), here), LONG);
      assertThat(MountTable.read().below(rig().home())).hasSize(1);
    }
    assertThat(rig().leftovers()).isEmpty();
    assertThat(outside.resolve("precious")).hasContent("kept");
    removal().remove(outside);
  }

  @Test
  void usageIsKnownWhileRunningAndAfterClosing() throws Exception {
    var sandbox = start("i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done; echo up");
    sandbox.await();
    assertThat(sandbox.usage().cpu()).isPositive();
    assertThat(sandbox.usage().peakMemoryBytes()).isBetween(100_000L, 96 * MIB);
    sandbox.close();
    assertThat(sandbox.usage().cpu()).isPositive();
  }

  /** Lets another program start a sandbox and kills that program. */
  private void killedAgent(SandboxId id, String script) throws Exception {
    var agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AgentThatDies.class.getName(),
                rig().home().toString(),
                kind().name(),
                id.name(),
                script)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var said = new byte[8 + id.name().length()];
    assertThat(agent.getInputStream().readNBytes(said, 0, said.length)).isEqualTo(said.length);
    assertThat(new String(said, StandardCharsets.UTF_8)).isEqualTo("started " + id);
    agent.destroyForcibly().waitFor();
  }

  private static Removal removal() {
    return new Removal(Tools.find(), CommandRunner.system());
  }

  private List<Long> processes(Sandbox sandbox) {
    var record = SandboxRecord.parse(KernelFile.read(files(sandbox).record()).orElse(""));
    var all = new ArrayList<>(new SandboxGroups(record.groups()).members());
    all.addAll(Processes.markedWith(files(sandbox).folder()));
    return all;
  }
}
