package dev.nimbus.adapters.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;

/** Machines that tests ask for. */
final class Specs {
  static final ControllerId OURS = new ControllerId("ours0001");
  static final ControllerId THEIRS = new ControllerId("theirs02");
  static final Owner OWNER = new Owner(new OrgId("acme"), new PoolName("linux"));
  static final String USER_DATA = "#cloud-config\nruncmd: ['echo grüße']\n";

  private Specs() {}

  static MachineSpec spec(String unique) {
    return spec(OURS, unique, HetznerAccount.cell(), 0, USER_DATA);
  }

  static MachineSpec spec(String unique, Cell cell) {
    return spec(OURS, unique, cell, 0, USER_DATA);
  }

  static MachineSpec spec(
      ControllerId controller, String unique, Cell cell, int disk, String userData) {
    return new MachineSpec(
        MachineName.of(controller, unique), OWNER, cell, disk, userData, Duration.ofHours(6));
  }

  static Instance launched(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Launched.class);
    return ((Launch.Launched) launch).instance();
  }

  static String refused(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Refused.class);
    return ((Launch.Refused) launch).why();
  }
}
