package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GivingUpTest {
  private static final ForgeJobKey SEVEN = new ForgeJobKey("7", 1);
  private static final Repository SHOP = new Repository("acme/shop");

  private final RepairGround ground;

  GivingUpTest(@TempDir Path folder) {
    ground = new RepairGround(folder);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void whatAForgeCouldNotBeToldIsToldByTheNextProcessAndByNoneAfterIt() {
    var job = overdue();
    ground.forge.failing.put(SHOP, new NimbusException(Kind.UNAVAILABLE, "down"));
    ground.repair().all(ground.connection);
    assertThat(ground.state(job)).isEqualTo("dead");
    assertThat(ground.forge.told).isEmpty();
    ground.forge.failing.clear();

    ground.repair().all(ground.connection);
    ground.repair().all(ground.connection);

    assertThat(ground.forge.told).containsExactly(SEVEN);
  }

  @Test
  void aForgeThatHasNoWayToBeToldIsNotToldAgain() {
    overdue();
    ground.forge.canBeTold = false;

    ground.repair().all(ground.connection);
    ground.repair().all(ground.connection);

    assertThat(ground.forge.told).containsExactly(SEVEN);
  }

  /** Ours for a job that has waited too long at its forge. */
  private JobId overdue() {
    var job = ground.announce("7", SHOP.value());
    ground.forge.waiting.add(ground.job("7", SHOP.value()));
    ground.time.step(RepairGround.DEADLINE.plus(Duration.ofSeconds(1)));
    return job.id();
  }
}
