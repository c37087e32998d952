package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forecast.Came;
import dev.nimbus.core.forecast.Hour;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.ArrivalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link ArrivalStore} must do. */
public abstract class ArrivalStoreContract extends StorageContract {
  private static final Owner SMALL = new Owner(ACME, new PoolName("small"));
  private static final Instant SOON = NOON.plus(Duration.ofMinutes(10));

  protected ArrivalStoreContract() {}

  @Test
  void jobsAreToldInTheOrderInWhichTheyCameWithWhatTheyAskFor() {
    var first = NewJobs.of(ACME, "one").labels("docker", "gpu").size(3_000, 7L << 30);
    admit(first, NOON);
    admit(NewJobs.of(GLOBEX, "two"), NOON.plusSeconds(1));

    var told = arrivals().uncounted(SOON, 10);

    assertThat(told.all()).isTrue();
    assertThat(told.jobs())
        .containsExactly(
            new Came(ACME, first.build().requirements(), NOON),
            new Came(
                GLOBEX, NewJobs.of(GLOBEX, "two").build().requirements(), NOON.plusSeconds(1)));
  }

  @Test
  void aCountedJobIsNotToldAgain() {
    admit(NewJobs.of(ACME, "one"), NOON);
    var told = arrivals().uncounted(SOON, 10);

    assertThat(arrivals().count(Map.of(), told)).isTrue();
    admit(NewJobs.of(ACME, "two"), NOON.plusSeconds(5));

    assertThat(times(arrivals().uncounted(SOON, 10))).containsExactly(NOON.plusSeconds(5));
  }

  @Test
  void ofTwoThatCountTheSameOneDoes() {
    admit(NewJobs.of(ACME, "one"), NOON);
    var told = arrivals().uncounted(SOON, 10);
    var other = arrivals().uncounted(SOON, 10);

    assertThat(arrivals().count(Map.of(SMALL, List.of(hour(0, 1, 1))), told)).isTrue();
    assertThat(arrivals().count(Map.of(SMALL, List.of(hour(0, 1, 1))), other)).isFalse();
    assertThat(hours(SMALL)).containsExactly(hour(0, 1, 1));
  }

  @Test
  void jobsThatCameSinceAreNotToldYet() {
    admit(NewJobs.of(ACME, "one"), NOON);
    admit(NewJobs.of(ACME, "two"), SOON);

    var told = arrivals().uncounted(SOON, 10);

    assertThat(times(told)).containsExactly(NOON);
    assertThat(told.all()).isTrue();
  }

  @Test
  void aMinuteOfWhichNotAllIsToldWaits() {
    admit(NewJobs.of(ACME, "one"), NOON);
    admit(NewJobs.of(ACME, "two"), NOON.plusSeconds(60));
    admit(NewJobs.of(ACME, "three"), NOON.plusSeconds(70));

    var first = arrivals().uncounted(SOON, 2);
    assertThat(times(first)).containsExactly(NOON);
    assertThat(first.all()).isFalse();

    arrivals().count(Map.of(), first);
    var rest = arrivals().uncounted(SOON, 2);
    assertThat(times(rest)).containsExactly(NOON.plusSeconds(60), NOON.plusSeconds(70));
    arrivals().count(Map.of(), rest);
    assertThat(arrivals().uncounted(SOON, 2)).matches(told -> told.all() && told.jobs().isEmpty());
  }

  @Test
  void whatIsCountedAddsUpHourByHour() {
    count(Map.of(SMALL, List.of(hour(1, 3, 5), hour(0, 2, 4))));
    count(Map.of(SMALL, List.of(hour(1, 10, 100))));

    assertThat(hours(SMALL)).containsExactly(hour(0, 2, 4), hour(1, 13, 105));
    assertThat(arrivals().hours(SMALL, NOON.plusSeconds(1))).containsExactly(hour(1, 13, 105));
  }

  @Test
  void poolsAndTenantsAreCountedApart() {
    var theirs = new Owner(GLOBEX, SMALL.pool());
    var large = new Owner(ACME, new PoolName("large"));
    count(Map.of(SMALL, List.of(hour(0, 1, 1)), theirs, List.of(hour(0, 2, 2))));

    assertThat(hours(SMALL)).containsExactly(hour(0, 1, 1));
    assertThat(hours(theirs)).containsExactly(hour(0, 2, 2));
    assertThat(hours(large)).isEmpty();
    assertThat(hours(new Owner(new OrgId("initech"), SMALL.pool()))).isEmpty();
  }

  @Test
  void oldHoursAreForgotten() {
    count(Map.of(SMALL, List.of(hour(0, 1, 1), hour(1, 2, 2), hour(2, 3, 3))));

    assertThat(arrivals().forget(NOON.plus(Duration.ofHours(2)))).isEqualTo(2);
    assertThat(hours(SMALL)).containsExactly(hour(2, 3, 3));
  }

  private ArrivalStore arrivals() {
    return storage().arrivals();
  }

  private void count(Map<Owner, List<Hour>> hours) {
    assertThat(arrivals().count(hours, arrivals().uncounted(NOON, 10))).isTrue();
  }

  private List<Hour> hours(Owner pool) {
    return arrivals().hours(pool, Instant.EPOCH);
  }

  private static Hour hour(int number, long jobs, long squares) {
    return new Hour(NOON.plus(Duration.ofHours(number)), jobs, squares);
  }

  private static List<Instant> times(ArrivalStore.Uncounted told) {
    return told.jobs().stream().map(Came::at).toList();
  }
}
