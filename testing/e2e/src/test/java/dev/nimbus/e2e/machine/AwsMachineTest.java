package dev.nimbus.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.machine.MachineView;
import dev.nimbus.e2e.docs.Tree;
import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Machine;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example, applied to a real {@code nimbus up}: a job that waits has a machine made at a moto,
 * whose part a process plays that really runs what the machine is told, and is gone after it.
 */
@Tag("slow")
@ExtendWith(WithMoto.class)
final class AwsMachineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern GROUP = Pattern.compile("<groupId>(sg-[0-9a-f]+)</groupId>");
  private static final Pattern IMAGE = Pattern.compile("<imageId>(ami-[0-9a-f]+)</imageId>");

  @TempDir private Path folder;

  private Moto moto;
  private MotoMachines machines;
  private Machine nimbus;

  @BeforeEach
  void start(Moto moto) throws IOException {
    this.moto = moto;
    moto.reset();
    var program = NimbusProgram.in(folder.resolve("bin"));
    machines = new MotoMachines(moto, folder, program);
    nimbus = Machine.start(Files.createDirectories(folder.resolve("up")));
  }

  @AfterEach
  void stop() {
    machines.close();
    nimbus.close();
  }

  @Test
  void aWaitingJobHasAMachineMadeAndIsRunInIt() throws IOException {
    var keys =
        Map.of(
            "ACME_AWS_ACCESS_KEY_ID", "AKIA0000000000000000",
            "ACME_AWS_SECRET_ACCESS_KEY", "secret0000000000000000");
    var applied = nimbus.cli().with(keys).run("apply", "-f", example().toString());
    assertThat(applied.exitCode()).as(applied.toString()).isZero();
    assertThat(nimbus.cli().run("match", "--labels", "aws").exitCode()).isZero();

    var job = nimbus.cli().start("run", "--label", "aws", "--", "sh", "-c", "echo from-a-machine");
    var ended =
        Await.value(
            PATIENCE,
            () -> "the end of a machine: " + nimbus.client().machines(true) + nimbus.daemon(),
            () -> {
              machines.step();
              return gone();
            });

    assertThat(ended.endCause()).as(ended + " " + machines.consoles()).isEqualTo("done");
    assertThat(job.exitCode()).as(job.toString()).isZero();
    assertThat(job.out()).contains("from-a-machine");
    assertThat(ended.readyAt()).isNotNull();
    assertThat(nimbus.client().machines(true)).hasSize(1);
    assertThat(nimbus.cli().run("machines", "list", "--gone").out()).contains(ended.id(), "gone");
    assertThat(machines.userData())
        .singleElement()
        .asString()
        .doesNotContain("secret0000000000000000");
  }

  private Optional<MachineView> gone() {
    return nimbus.client().machines(true).stream()
        .filter(machine -> machine.stage().equals("gone"))
        .findFirst();
  }

  /** The example, with what there is at this moto. */
  private Path example() throws IOException {
    var text =
        Tree.here()
            .text("examples/aws.yaml")
            .replaceAll("subnet-0123456789abcdef0", subnet("eu-central-1a"))
            .replaceAll("subnet-0fedcba9876543210", subnet("eu-central-1b"))
            .replaceAll("sg-0123456789abcdef0", machines.first("DescribeSecurityGroups", GROUP))
            .replaceAll("ami-0123456789abcdef0", machines.first("DescribeImages", IMAGE))
            .replace(
                "region: eu-central-1\n",
                "region: eu-central-1\n      endpoint: " + moto.url() + "\n");
    // None is to wait for jobs during this test, whatever the hour.
    var quiet = text.substring(0, text.indexOf("    schedules:"));
    return Files.writeString(folder.resolve("aws.yaml"), quiet);
  }

  private String subnet(String zone) {
    var inZone =
        Pattern.compile(
            "<subnetId>(subnet-[0-9a-f]+)</subnetId>(?:(?!</item>).)*<availabilityZone>" + zone,
            Pattern.DOTALL);
    return machines.first("DescribeSubnets", inZone);
  }
}
