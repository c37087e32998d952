package dev.nimbus.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.api.machine.MachineView;
import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Machine;
import dev.nimbus.testkit.provider.metadata.FakeMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine is told by its cloud's metadata service that it is taken back while it runs a job. The
 * job is given back at once and run again, once, by another machine.
 */
@Tag("slow")
final class InterruptionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final AtomicInteger runs = new AtomicInteger();
  private FakeMetadata metadata;
  private HttpServer called;
  private ServedProgram program;
  private Machine nimbus;

  @BeforeEach
  void start() throws Exception {
    metadata = FakeMetadata.start();
    var told =
        Map.of("NIMBUS_MACHINE_NOTICES", "aws", "NIMBUS_METADATA_URL", metadata.url().toString());
    called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called.createContext("/", this::answer);
    called.start();
    program = ServedProgram.start(folder, told);
    nimbus = Machine.start(Files.createDirectories(folder.resolve("up")));
  }

  @AfterEach
  void stop() {
    nimbus.close();
    program.close();
    called.stop(0);
    metadata.close();
  }

  @Test
  void aJobOfAMachineThatIsTakenBackIsRunAgainOnce() throws Exception {
    assertThat(nimbus.cli().run("apply", "-f", declared().toString()).exitCode()).isZero();
    var script = "curl -sS http://127.0.0.1:%d/".formatted(called.getAddress().getPort());
    var job = nimbus.cli().start("run", "--label", "made", "--", "sh", "-c", script);
    Await.until(PATIENCE, () -> "a run: " + nimbus.client().machines(true), () -> runs.get() == 1);

    // Shorter than what is left for giving it back, so it is given back now.
    metadata.takeBack(Instant.now(), Duration.ofSeconds(5));
    var told =
        Await.value(PATIENCE, () -> "a report: " + nimbus.client().machines(true), this::told);
    // Every machine has the notice from here; the next one is not to be taken back as well.
    metadata.leave();
    var ended =
        Await.value(
            PATIENCE, () -> "its end: " + nimbus.client().machines(true), () -> gone(told.id()));
    assertThat(ended.endCause()).as(ended.toString()).isEqualTo("interrupted");
    assertThat(ended.endReason()).contains("EC2 takes it back");

    assertThat(job.exitCode()).as(job.toString()).isZero();
    assertThat(runs).hasValue(2);
    assertThat(nimbus.client().machines(true)).hasSize(2);
  }

  /** The first to call waits for ever, and so ends with its machine; others are answered. */
  private void answer(HttpExchange exchange) throws IOException {
    if (runs.incrementAndGet() > 1) {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    }
  }

  private Optional<MachineView> told() {
    return nimbus.client().machines(true).stream()
        .filter(machine -> machine.report().equals("interrupted"))
        .findFirst();
  }

  private Optional<MachineView> gone(String id) {
    return Optional.of(nimbus.client().machine(id))
        .filter(machine -> machine.stage().equals("gone"));
  }

  private Path declared() throws Exception {
    var text =
        String.join(
            "\n",
            List.of(
                "providers:",
                "  - name: here",
                "    kind: local",
                "    options:",
                "      slots: \"4\"",
                "      state_dir: " + folder.resolve("state"),
                "      program_url: " + program.url(),
                "      program_sha256: " + program.sha256(),
                "pools:",
                "  - name: local-made",
                "    labels: [made]",
                "    max: 4",
                "    offerings:",
                "      - {provider: here, place: local, type: slot, cpus: 1, memory: 512MiB, price: 0}"));
    return Files.writeString(folder.resolve("local.yaml"), text + "\n");
  }
}
