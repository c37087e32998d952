package dev.nimbus.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.machine.MachineView;
import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job is run by a machine made on this host, which fetches its program, and is gone after it. */
@Tag("slow")
final class LocalMachineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private ServedProgram program;
  private Machine nimbus;

  @BeforeEach
  void start() throws Exception {
    program = ServedProgram.start(folder);
    nimbus = Machine.start(Files.createDirectories(folder.resolve("up")));
  }

  @AfterEach
  void stop() {
    nimbus.close();
    program.close();
  }

  @Test
  void aWaitingJobHasAMachineMadeAndIsRunInIt() throws Exception {
    var applied = nimbus.cli().run("apply", "-f", declared().toString());
    assertThat(applied.exitCode()).as(applied.toString()).isZero();
    assertThat(nimbus.cli().run("provider", "check", "here").exitCode()).isZero();

    var job = nimbus.cli().start("run", "--label", "made", "--", "sh", "-c", "echo from-a-machine");
    var ended =
        Await.value(
            PATIENCE,
            () -> "the end of a machine: " + nimbus.client().machines(true) + nimbus.daemon(),
            this::gone);

    assertThat(ended.endCause()).as(ended.toString()).isEqualTo("done");
    assertThat(job.exitCode()).as(job.toString()).isZero();
    assertThat(job.out()).contains("from-a-machine");
    assertThat(nimbus.client().machines(true)).hasSize(1);
    assertThat(nimbus.cli().run("machines", "show", ended.id()).out()).contains("done", "gone");
    assertBilled();
  }

  /** At a dollar a second; however it is summed up, it is the same to the cent. */
  private void assertBilled() {
    var totals = new HashSet<Long>();
    for (var by : List.of("org", "pool", "repository", "workflow", "label")) {
      var report = nimbus.client().cost("", "", by);
      assertThat(report.total().jobDollars()).as(report.toString()).isPositive();
      assertThat(report.total().machines()).isEqualTo(1);
      var rows = report.rows().stream().mapToLong(row -> cents(row.totalDollars())).sum();
      assertThat(rows).as(report.toString()).isEqualTo(cents(report.total().totalDollars()));
      totals.add(rows);
    }
    assertThat(totals).hasSize(1);
    var printed = nimbus.cli().run("report", "cost", "--by", "pool");
    assertThat(printed.out()).as(printed.toString()).contains("local-made", "total");
  }

  private static long cents(double dollars) {
    return Math.round(dollars * 100);
  }

  private Optional<MachineView> gone() {
    return nimbus.client().machines(true).stream()
        .filter(machine -> machine.stage().equals("gone"))
        .findFirst();
  }

  private Path declared() throws Exception {
    var text =
        """
        providers:
          - name: here
            kind: local
            options:
              slots: "2"
              state_dir: %s
              program_url: %s
              program_sha256: %s
        pools:
          - name: local-made
            labels: [made]
            max: 2
            offerings:
              - {provider: here, place: local, type: slot, cpus: 1, memory: 512MiB, price: 3600}
        """
            .formatted(folder.resolve("state"), program.url(), program.sha256());
    return Files.writeString(folder.resolve("local.yaml"), text);
  }
}
