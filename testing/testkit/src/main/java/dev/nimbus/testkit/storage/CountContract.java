package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random steps, each done to the storage and to one in memory: both must answer alike, and what is
 * kept as a count must equal a recount.
 */
public abstract class CountContract extends StorageContract {
  private static final int STEPS = 250;
  private static final List<OrgId> ORGS = List.of(ACME, GLOBEX, new OrgId("initech"));

  protected CountContract() {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterRandomStepsTheStorageAgreesWithTheOneInMemory(long seed) {
    var random = new Random(seed);
    var leases = new ArrayList<Lease>();
    try (var model = new MemoryStorage()) {
      for (var step = 0; step < STEPS; step++) {
        var now = NOON.plusSeconds(step);
        var action = action(random, step, now, leases);
        assertThat(action.run(storage()))
            .as("seed %d step %d", seed, step)
            .isEqualTo(action.run(model));
      }
      assertThat(storage().orgs().list()).isEqualTo(model.orgs().list());
      assertThat(storage().repair()).as("seed %d", seed).isZero();
      for (var org : ORGS) {
        assertThat(storage().jobs().counts(org)).isEqualTo(model.jobs().counts(org));
      }
    }
  }

  private static Action action(Random random, int step, Instant now, List<Lease> leases) {
    var org = ORGS.get(random.nextInt(ORGS.size()));
    var id = new JobId("j-" + random.nextInt(step + 1));
    return switch (random.nextInt(12)) {
      case 0 -> limit(org, random.nextInt(6), random.nextInt(4));
      case 1 -> on -> on.jobs().cancel(org, id, "alice", now);
      case 2 -> on -> on.jobs().retry(org, id, now);
      case 3 -> on -> on.leases().expire(2, 3, now);
      case 4, 5, 6 -> grant(random.nextInt(3), 1 + random.nextInt(3), now, leases);
      case 7, 8 -> ending(random, now, leases);
      default -> admit(org, random, step, now);
    };
  }

  private static Action admit(OrgId org, Random random, int step, Instant now) {
    var job =
        NewJobs.of(org, "j-" + step)
            .repository("r" + random.nextInt(3))
            .size(1_000 * random.nextInt(4), 1)
            .once("key-" + random.nextInt(200), "d");
    var labelled = random.nextBoolean() ? job : job.labels("l" + random.nextInt(3), "x");
    return on -> on.jobs().admit(labelled.build(), now);
  }

  private static Action limit(OrgId org, int running, int perRepository) {
    return on -> {
      on.orgs().limit(org, new OrgLimits(running, perRepository, 30));
      return running;
    };
  }

  private static Action grant(int host, int slots, Instant now, List<Lease> leases) {
    var offer = offer(new HostId("host-" + host), slots, "x", "l0", "l" + host);
    return on -> {
      var granted = on.leases().grant(offer, TTL, now);
      leases.addAll(granted);
      return granted;
    };
  }

  /** Ends a lease somebody once had, which may be long over. */
  private static Action ending(Random random, Instant now, List<Lease> leases) {
    if (leases.isEmpty()) {
      return on -> on.leases().heldBy(HOST);
    }
    var lease = leases.get(random.nextInt(leases.size()));
    var id = lease.job().id();
    return switch (random.nextInt(4)) {
      case 0 ->
          on ->
              on.leases()
                  .giveBack(lease.host(), id, lease.fence(), new GivingBack.Unrun("no"), now);
      case 1 ->
          on ->
              on.leases()
                  .giveBack(lease.host(), id, lease.fence(), new GivingBack.Failed("no", 2), now);
      case 2 -> on -> on.leases().finish(lease.host(), id, lease.fence(), Outcome.exited(1), now);
      default -> on -> on.leases().started(lease.host(), id, lease.fence(), TTL, now).getClass();
    };
  }

  @FunctionalInterface
  private interface Action {
    Object run(Storage on);
  }
}
