package dev.nimbus.controlplane.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailedOffersTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final OrgId OTHER = new OrgId("other");

  @Test
  void aSmallerOfferOfTheSameSortNeedNotBeTried() {
    var failed = failed(offer(ACME, Host.Sharing.OWN, 4_000, "x", "gpu"));
    assertThat(failed.covers(offer(ACME, Host.Sharing.OWN, 4_000, "x", "gpu"))).isTrue();
    assertThat(failed.covers(offer(ACME, Host.Sharing.OWN, 2_000, "x"))).isTrue();
  }

  @Test
  void moreRoomOrMoreLabelsMayFitSomething() {
    var failed = failed(offer(ACME, Host.Sharing.OWN, 4_000, "x"));
    assertThat(failed.covers(offer(ACME, Host.Sharing.OWN, 4_001, "x"))).isFalse();
    assertThat(failed.covers(offer(ACME, Host.Sharing.OWN, 1_000, "x", "gpu"))).isFalse();
  }

  @Test
  void anotherTenantsFailureSaysNothing() {
    var failed = failed(offer(ACME, Host.Sharing.OWN, 4_000, "x"));
    assertThat(failed.covers(offer(OTHER, Host.Sharing.OWN, 1_000, "x"))).isFalse();
    assertThat(failed.covers(offer(ACME, Host.Sharing.ALL, 1_000, "x"))).isFalse();
  }

  @Test
  void aSharedHostsFailureSpeaksForEveryTenant() {
    var failed = failed(offer(ACME, Host.Sharing.ALL, 4_000, "x"));
    assertThat(failed.covers(offer(OTHER, Host.Sharing.OWN, 1_000, "x"))).isTrue();
  }

  @Test
  void aHostThatMayBeGrantedNothingSaysNothingAboutTheOthers() {
    var failed = new FailedOffers(offer -> false);
    failed.add(offer(ACME, Host.Sharing.OWN, 4_000, "x"));
    assertThat(failed.covers(offer(ACME, Host.Sharing.OWN, 4_000, "x"))).isFalse();
  }

  private static FailedOffers failed(Offer offer) {
    var failed = new FailedOffers(any -> true);
    failed.add(offer);
    return failed;
  }

  private static Offer offer(OrgId org, Host.Sharing sharing, int milliCpus, String... labels) {
    return new Offer(
        new HostId("h"), org, sharing, Labels.of(List.of(labels)), new Size(milliCpus, 1), 1);
  }
}
