package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.NetworkAccess;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job prints, however it prints it. */
abstract class ConsoleTest extends SandboxTest {
  ConsoleTest(LauncherKind kind) {
    super(kind);
  }

  @Test
  void bothStreamsComeInTheOrderWritten() throws Exception {
    var script = "for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done";
    var expected = new StringBuilder();
    for (var i = 1; i < 10; i++) {
      expected.append("out ").append(i).append("\nerr ").append(i).append('\n');
    }
    assertThat(shell(script)).isEqualTo(expected.toString());
  }

  @Test
  void streamsMayBeOpenedByTheirNames() throws Exception {
    assertThat(shell("echo 1; echo 2 >/dev/stdout; echo 3 >/dev/stderr; echo 4 | tee /dev/stderr"))
        .isEqualTo("1\n2\n3\n4\n4\n");
  }

  @Test
  void anyByteComesThrough() throws Exception {
    try (var sandbox = start("head -c 300000 /dev/urandom >f; cat f; sha256sum f >sum")) {
      sandbox.await();
      var printed = bytes(sandbox);
      assertThat(printed).isEqualTo(Files.readAllBytes(workspace(sandbox).resolve("f")));
    }
  }

  @Test
  void aLineOfFiveMegabytesComesThrough() throws Exception {
    try (var sandbox = start("head -c 5000000 /dev/zero | tr '\\0' x")) {
      assertThat(text(sandbox).equals("x".repeat(5_000_000))).isTrue();
    }
  }

  @Test
  void aJobThatPrintsWithoutEndNeitherFillsTheDiskNorBlocks() throws Exception {
    var command = command("head -c 300m /dev/zero; echo done >&2; exit 4");
    var spec = spec(command, Map.of(), NetworkAccess.NONE, MIB);
    try (var sandbox = rig().executor().start(spec)) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(4));
      assertThat(Files.size(files(sandbox).console())).isEqualTo(MIB + 1);
      assertThat(text(sandbox))
          .hasSize((int) MIB + 60)
          .endsWith("\0\nnimbus: output limit of 1 MiB reached, the rest is dropped\n");
    }
  }

  @Test
  void aJobThatIsKilledAddsNothingToWhatItPrinted() throws Exception {
    assertThat(shell("echo last; kill -9 $$")).isEqualTo("last\n");
    assertThat(shell("echo last; kill -SEGV $$")).isEqualTo("last\n");
  }

  @Test
  void aClosedOutputHurtsNobody() throws Exception {
    try (var sandbox = start("exec >&- 2>&-; sleep 0.1; exit 6")) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(6));
    }
  }
}
