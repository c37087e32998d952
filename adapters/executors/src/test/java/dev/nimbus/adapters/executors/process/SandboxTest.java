package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Starts real sandboxes of one launcher and looks at them from both sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class SandboxTest {
  static final Duration LONG = Duration.ofSeconds(60);
  static final long MIB = 1024 * 1024;
  static final int MAX_PROCESSES = 64;
  static final DiskLimits DISK = new DiskLimits(64 * MIB, 4 * MIB);

  private final LauncherKind kind;
  private final AtomicLong fences = new AtomicLong();
  private @Nullable Rig rig;

  SandboxTest(LauncherKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void open() throws IOException {
    rig = Rig.open(kind, false);
  }

  @AfterEach
  void sweep() {
    rig().executor().sweep(List.of());
  }

  @AfterAll
  void remove() {
    if (rig != null) {
      rig.close();
    }
  }

  LauncherKind kind() {
    return kind;
  }

  Rig rig() {
    var open = rig;
    if (open == null) {
      throw new IllegalStateException("The rig is not open");
    }
    return open;
  }

  /** What a job given to the shell prints, without a network. */
  String shell(String script, String... arguments) throws IOException {
    try (var sandbox = start(script, arguments)) {
      return text(sandbox);
    }
  }

  Sandbox start(String script, String... arguments) {
    return rig().executor().start(spec(script, arguments));
  }

  SandboxSpec spec(String script, String... arguments) {
    return spec(command(script, arguments), Map.of(), NetworkAccess.NONE, 8 * MIB);
  }

  SandboxSpec spec(
      List<String> command, Map<String, String> environment, NetworkAccess network, long console) {
    var job = new JobSpec(command, environment, JobSpec.HOST_IMAGE, LONG, network);
    var id = new SandboxId(new JobId("j-test"), new Fence(fences.incrementAndGet()));
    return new SandboxSpec(id, job, new Size(2_000, 96 * MIB), DISK, MAX_PROCESSES, console);
  }

  static List<String> command(String script, String... arguments) {
    var words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    words.addAll(List.of(arguments));
    return words;
  }

  static String text(Sandbox sandbox) throws IOException {
    return new String(bytes(sandbox), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Sandbox sandbox) throws IOException {
    try (var console = sandbox.console(0)) {
      return console.readAllBytes();
    }
  }

  /** Waits until the console begins with the text. */
  static void waitFor(Sandbox sandbox, String text) throws IOException {
    try (var console = sandbox.console(0)) {
      var begun = new String(console.readNBytes(text.length()), StandardCharsets.UTF_8);
      if (!begun.equals(text)) {
        throw new AssertionError("Expected '" + text + "' but the console begins '" + begun + "'");
      }
    }
  }

  SandboxFiles files(Sandbox sandbox) {
    return new SandboxFiles(rig().home().resolve("sandboxes").resolve(sandbox.id().name()));
  }

  Path workspace(Sandbox sandbox) {
    return files(sandbox).workspace();
  }
}
