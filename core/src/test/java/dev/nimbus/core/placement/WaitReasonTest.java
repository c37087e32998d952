package dev.nimbus.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.placement.WaitReason.Code;
import dev.nimbus.core.storage.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitReasonTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LOST = Duration.ofSeconds(90);
  private static final Size ROOM = new Size(4_000, 8L << 30);

  @Test
  void withoutAnyHostThatIsTheReason() {
    assertThat(reason(standing("gpu", 0, 0), List.of()).code()).isEqualTo(Code.NO_HOST);
  }

  @Test
  void aSilentHostIsNamedWithItsSilence() {
    var reason = reason(standing("gpu", 0, 0), List.of(host("gpu", NOON.minusSeconds(200), 0)));
    assertThat(reason.code()).isEqualTo(Code.NO_LIVE_HOST);
    assertThat(reason.sentence()).contains("'h'").contains("200 s");
  }

  @Test
  void theMissingLabelIsNamed() {
    var reason = reason(standing("gpu", 0, 0), List.of(host("linux", NOON, 0)));
    assertThat(reason.code()).isEqualTo(Code.NO_MATCHING_LABELS);
    assertThat(reason.sentence()).endsWith("lacks: gpu.");
  }

  @Test
  void aJobLargerThanEveryHostIsToldBothSizes() {
    var standing = standing(new Size(8_000, 1L << 30), "gpu", 0, 0);
    var reason = reason(standing, List.of(host("gpu", NOON, 0)));
    assertThat(reason.code()).isEqualTo(Code.TOO_LARGE);
    assertThat(reason.sentence()).contains("8.0 cpus").contains("4.0 cpus");
  }

  @Test
  void capsComeBeforeBusyHosts() {
    var hosts = List.of(host("gpu", NOON, 2));
    assertThat(reason(standing("gpu", 5, 0), hosts).code()).isEqualTo(Code.ORG_LIMIT);
    assertThat(reason(standing("gpu", 0, 3), hosts).code()).isEqualTo(Code.REPOSITORY_LIMIT);
    assertThat(reason(standing("gpu", 0, 0), hosts).code()).isEqualTo(Code.HOSTS_BUSY);
  }

  @Test
  void aTenantThatStartsJobsTooFastIsToldWhenItsNextStarts() {
    var rate = new JobRate(3, Duration.ofMinutes(1));
    var hosts = List.of(host("gpu", NOON, 1));

    var reason = WaitReason.of(used("gpu", NOON.plusSeconds(55)), hosts, LOST, rate, NOON);
    assertThat(reason.code()).isEqualTo(Code.ORG_RATE);
    assertThat(reason.sentence()).contains("3 jobs within 60 s").contains("in 16 s");
    var free = WaitReason.of(used("gpu", NOON.plusSeconds(40)), hosts, LOST, rate, NOON);
    assertThat(free.code()).isEqualTo(Code.TURN);
  }

  @Test
  void aPostponedJobIsToldWhenItIsTriedAgain() {
    var hosts = List.of(host("gpu", NOON, 1));

    var reason = reason(postponed("gpu", NOON.plusSeconds(43)), hosts);
    assertThat(reason.code()).isEqualTo(Code.POSTPONED);
    assertThat(reason.sentence()).contains("again in 44 s");
    assertThat(reason(postponed("gpu", NOON), hosts).code()).isEqualTo(Code.TURN);
    assertThat(reason(postponed("gpu", NOON.plusSeconds(43)), List.of()).code())
        .isEqualTo(Code.NO_HOST);
  }

  @Test
  void withRoomItIsOnlyAMatterOfTurn() {
    var reason = reason(standing("gpu", 0, 0), List.of(host("gpu", NOON, 1)));
    assertThat(reason.code()).isEqualTo(Code.TURN);
  }

  private static WaitReason reason(Standing standing, List<Host> hosts) {
    return WaitReason.of(standing, hosts, LOST, JobRate.NONE, NOON);
  }

  private static Standing postponed(String label, Instant until) {
    var any = standing(label, 0, 0);
    return new Standing(any.requirements(), any.org(), any.ahead(), 0, until);
  }

  private static Standing used(String label, Instant until) {
    return new Standing(
        new Requirements(Labels.of(List.of(label)), new Size(1_000, 1L << 30)),
        new OrgStanding(OrgId.DEFAULT, new OrgLimits(5, 3, 100), 4, 0, until),
        3,
        0,
        Instant.EPOCH);
  }

  private static Standing standing(String label, int running, int repositoryRunning) {
    return standing(new Size(1_000, 1L << 30), label, running, repositoryRunning);
  }

  private static Standing standing(Size size, String label, int running, int repositoryRunning) {
    return new Standing(
        new Requirements(Labels.of(List.of(label)), size),
        new OrgStanding(OrgId.DEFAULT, new OrgLimits(5, 3, 100), 4, running),
        3,
        repositoryRunning,
        Instant.EPOCH);
  }

  private static Host host(String label, Instant seen, int leases) {
    var used = new Size(leases * 1_000, 0);
    return new Host(
        new HostId("h"),
        OrgId.DEFAULT,
        Host.Sharing.OWN,
        Labels.of(List.of(label)),
        ROOM,
        2,
        used,
        leases,
        List.of(),
        "1",
        NOON,
        seen);
  }
}
