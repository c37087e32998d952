package dev.nimbus.core.placement;

import static dev.nimbus.core.placement.Scene.ACME;
import static dev.nimbus.core.placement.Scene.SMALL;
import static dev.nimbus.core.placement.Scene.offering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.placement.WaitReason.Code;
import dev.nimbus.core.pool.Offering;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job that no host can take is told of machines. */
final class OutlookTest {
  private static final Offering CHEAP = offering("s2", SMALL);
  private static final Requirements LINUX = new Requirements(Labels.of(List.of("linux")), SMALL);
  private static final WaitReason NO_HOST = new WaitReason(Code.NO_HOST, "There is no host.");

  @Test
  void aPoolThatIsFullIsTheReason() {
    var scene = new Scene().pool("small", 1, CHEAP).jobs(3, SMALL, "linux");

    var reason = outlook(scene).over(ACME, LINUX, NO_HOST);

    assertThat(reason.code()).isEqualTo(Code.POOL_FULL);
    assertThat(reason.sentence()).contains("'small'");
  }

  @Test
  void aMachineThatIsOnItsWayIsTheReason() {
    var scene = new Scene().pool("small", 5, CHEAP).jobs(1, SMALL, "linux");
    scene.booting("small", CHEAP, Duration.ofSeconds(10));

    var reason = outlook(scene).over(ACME, LINUX, NO_HOST);

    assertThat(reason.code()).isEqualTo(Code.MACHINE_COMING);
    assertThat(reason.sentence()).contains("pool 'small' is coming: nb-");
  }

  @Test
  void whereNoPoolHelpsTheHostsReasonStandsAndSaysWhichLabelLacks() {
    var scene = new Scene().pool("small", 5, CHEAP).jobs(1, SMALL, "gpu");
    var wanted = new Requirements(Labels.of(List.of("gpu")), SMALL);

    var reason = outlook(scene).over(ACME, wanted, NO_HOST);

    assertThat(reason.code()).isEqualTo(Code.NO_HOST);
    assertThat(reason.sentence()).startsWith("There is no host. ").contains("gpu");
  }

  @Test
  void anotherTenantsMachinesAreNobodyElsesHope() {
    var scene = new Scene().pool("small", 5, CHEAP).jobs(1, SMALL, "linux");
    scene.booting("small", CHEAP, Duration.ofSeconds(10));

    assertThat(outlook(scene).over(new OrgId("globex"), LINUX, NO_HOST)).isEqualTo(NO_HOST);
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTPONED", "ORG_LIMIT", "ORG_RATE", "REPOSITORY_LIMIT", "TURN"})
  void whatMachinesWouldNotHelpAgainstStaysTheReason(Code code) {
    var scene = new Scene().pool("small", 1, CHEAP).jobs(3, SMALL, "linux");
    var hosts = new WaitReason(code, "It is so.");

    assertThat(outlook(scene).over(ACME, LINUX, hosts)).isEqualTo(hosts);
  }

  private static Outlook outlook(Scene scene) {
    return Outlook.of(scene.plan(), scene.pools, scene.machines);
  }
}
