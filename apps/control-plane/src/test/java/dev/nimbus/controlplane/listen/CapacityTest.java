package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many jobs a queue is asked for. */
final class CapacityTest {
  private static final Duration LOST_AFTER = Duration.ofSeconds(90);

  private final QueueGround ground;
  private final Capacity capacity;

  CapacityTest(@TempDir Path folder) {
    ground = new QueueGround(folder);
    var plane = ground.plane;
    capacity = new Capacity(plane.storage.hosts(), plane.connection, LOST_AFTER, ground.time);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void hostsThatHaveTheRunnerCountWithAllTheirSlots() {
    var before = capacity.getAsInt();
    register("h-2", ground.plane.connection.org(), 3, ForgeKind.GITHUB.label());
    register("h-3", ground.plane.connection.org(), 5, "linux");
    register("h-4", new OrgId("globex"), 7, ForgeKind.GITHUB.label());

    assertThat(capacity.getAsInt()).isEqualTo(before + 3);
  }

  @Test
  void aHostThatIsSilentDoesNotCount() {
    ground.time.step(LOST_AFTER);
    assertThat(capacity.getAsInt()).isEqualTo(1);

    register("h-2", ground.plane.connection.org(), 3, ForgeKind.GITHUB.label());

    assertThat(capacity.getAsInt()).isEqualTo(3);
  }

  private void register(String host, OrgId org, int slots, String label) {
    var labels = Labels.of(List.of(label));
    var room = new Size(4_000, 8L << 30);
    var registration =
        new Registration(
            new HostId(host), org, Host.Sharing.OWN, labels, room, slots, List.of(), "1");
    ground.plane.storage.hosts().register(registration, ground.time.instant());
  }
}
