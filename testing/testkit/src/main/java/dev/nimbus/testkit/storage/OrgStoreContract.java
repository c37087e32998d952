package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.storage.Once;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.OrgStore} must do. */
public abstract class OrgStoreContract extends StorageContract {
  @Test
  void aTenantNobodyMentionedIsUnknown() {
    assertThat(storage().orgs().find(ACME)).isEmpty();
    assertThat(storage().orgs().list()).isEmpty();
  }

  @Test
  void aTenantExistsFromItsFirstJobOnWithGenerousLimits() {
    admit(NewJobs.of(ACME, "j-1"));

    assertThat(storage().orgs().find(ACME))
        .contains(new OrgStanding(ACME, OrgLimits.GENEROUS, 1, 0));
  }

  @Test
  void aTenantExistsFromItsFirstTokenOn() {
    var wanted = new NewCredential(ACME, "admin", "alice", List.of(), NOON, "root");
    storage().identity().issue(wanted, Once.NEVER_SEEN, NOON);

    assertThat(storage().orgs().find(ACME))
        .contains(new OrgStanding(ACME, OrgLimits.GENEROUS, 0, 0));
  }

  @Test
  void limitsAreKeptAndReplaced() {
    storage().orgs().limit(ACME, new OrgLimits(1, 2, 3));
    storage().orgs().limit(ACME, new OrgLimits(4, 5, 6));

    assertThat(storage().orgs().find(ACME))
        .contains(new OrgStanding(ACME, new OrgLimits(4, 5, 6), 0, 0));
  }

  @Test
  void limitsOfOneTenantAreNotAnothers() {
    admit(NewJobs.of(GLOBEX, "g-0"));
    storage().orgs().limit(ACME, new OrgLimits(1, 2, 3));

    assertThat(storage().orgs().find(GLOBEX).orElseThrow().limits()).isEqualTo(OrgLimits.GENEROUS);
  }

  @Test
  void aTenantIsCountedThroughTheWholeLifeOfItsJobs() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    counts(1, 0);
    var lease = grantOne(HOST);
    counts(0, 1);
    storage().leases().started(HOST, job.id(), lease.fence(), TTL, NOON);
    counts(0, 1);
    storage().leases().giveBack(HOST, job.id(), lease.fence(), new GivingBack.Unrun("no"), NOON);
    counts(1, 0);
    grantOne(HOST);
    storage().leases().expire(9, 1, NOON.plus(TTL));
    counts(1, 0);
    var last = grantOne(HOST);
    storage().leases().finish(HOST, job.id(), last.fence(), Outcome.exited(0), NOON);
    counts(0, 0);
    storage().jobs().retry(ACME, job.id(), NOON);
    counts(1, 0);
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);
    counts(0, 0);
    assertThat(storage().repair()).isZero();
  }

  @Test
  void tenantsAreListedByName() {
    storage().orgs().limit(new OrgId("zeta"), OrgLimits.GENEROUS);
    storage().orgs().limit(new OrgId("alpha"), OrgLimits.GENEROUS);
    admit(NewJobs.of(GLOBEX, "g-0"));

    assertThat(storage().orgs().list())
        .extracting(standing -> standing.org().value())
        .containsExactly("alpha", "globex", "zeta");
  }

  @Test
  void aStorageThatWorksPassesItsCheck() {
    storage().check();
    storage().check();

    assertThat(storage().repair()).isZero();
  }

  private void counts(int waiting, int running) {
    assertThat(storage().orgs().find(ACME))
        .contains(new OrgStanding(ACME, OrgLimits.GENEROUS, waiting, running));
  }
}
