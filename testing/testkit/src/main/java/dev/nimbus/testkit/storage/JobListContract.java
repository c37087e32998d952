package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every {@link dev.nimbus.core.storage.JobStore} lists jobs. */
public abstract class JobListContract extends StorageContract {
  @Test
  void theNewestJobsComeFirst() {
    admit(NewJobs.of(ACME, "j-b"));
    admit(NewJobs.of(ACME, "j-a"));
    var newest = admit(NewJobs.of(ACME, "j-c"));

    var page = storage().jobs().list(ACME, JobFilter.newest(10));

    assertThat(names(page)).containsExactly("j-c", "j-a", "j-b");
    assertThat(page.jobs().getFirst()).isEqualTo(newest);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void aTenantWithoutJobsHasAnEmptyPage() {
    admit(NewJobs.of(ACME, "j-1"));

    assertThat(storage().jobs().list(GLOBEX, JobFilter.newest(10)))
        .isEqualTo(new Page(List.of(), ""));
    assertThat(storage().jobs().list(new OrgId("unknown"), JobFilter.newest(10)))
        .isEqualTo(new Page(List.of(), ""));
  }

  @Test
  void pagesFollowEachOtherWithoutGapsWhileJobsAreAdded() {
    for (var i = 0; i < 10; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
    var seen = new ArrayList<String>();
    var filter = JobFilter.newest(3);
    for (var page = storage().jobs().list(ACME, filter); ; ) {
      seen.addAll(names(page));
      if (page.next().isEmpty()) {
        break;
      }
      admit(NewJobs.of(ACME, "late-" + seen.size()));
      page = storage().jobs().list(ACME, after(filter, page.next()));
    }

    assertThat(seen)
        .containsExactly("j-9", "j-8", "j-7", "j-6", "j-5", "j-4", "j-3", "j-2", "j-1", "j-0");
  }

  @Test
  void aPageThatEndsWithTheLastJobHasNoNext() {
    admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));

    assertThat(storage().jobs().list(ACME, JobFilter.newest(2)).next()).isEmpty();
    assertThat(storage().jobs().list(ACME, JobFilter.newest(1)).next()).isNotEmpty();
  }

  @Test
  void theLargestPageIsServed() {
    admit(NewJobs.of(ACME, "j-1"));

    assertThat(storage().jobs().list(ACME, JobFilter.newest(JobFilter.MAX_LIMIT)).jobs())
        .hasSize(1);
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    assertThatThrownBy(
            () -> storage().jobs().list(ACME, after(JobFilter.newest(1), "1' OR '1'='1")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
  }

  @Test
  void jobsAreFilteredByStateBeforeThePageIsCut() {
    for (var i = 0; i < 9; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
    grant(offer(HOST, 3));
    storage().jobs().cancel(ACME, jobId("j-4"), "alice", NOON);
    storage().jobs().cancel(ACME, jobId("j-8"), "alice", NOON);

    assertThat(all(states("leased"))).containsExactly("j-2", "j-1", "j-0");
    assertThat(all(states("cancelled"))).containsExactly("j-8", "j-4");
    assertThat(all(states("leased", "cancelled")))
        .containsExactly("j-8", "j-4", "j-2", "j-1", "j-0");
    assertThat(all(states("running"))).isEmpty();
    assertThat(all(states("no-such-state"))).isEmpty();
    assertThat(all(states("' OR 1=1 --"))).isEmpty();
  }

  @Test
  void jobsAreFilteredByEveryLabelAskedFor() {
    admit(NewJobs.of(ACME, "j-0").labels("docker"));
    admit(NewJobs.of(ACME, "j-1").labels("docker", "gpu"));
    admit(NewJobs.of(ACME, "j-2").labels("gpu"));
    admit(NewJobs.of(ACME, "j-3").labels("docker-2", "gpu"));
    admit(NewJobs.of(ACME, "j-4"));
    admit(NewJobs.of(GLOBEX, "g-0").labels("docker", "gpu"));

    assertThat(all(labels("docker"))).containsExactly("j-1", "j-0");
    assertThat(all(labels("GPU", "docker"))).containsExactly("j-1");
    assertThat(all(labels("d"))).isEmpty();
  }

  @Test
  void jobsAreFilteredByMetadata() {
    admit(NewJobs.of(ACME, "j-0").metadata("branch", "main"));
    admit(NewJobs.of(ACME, "j-1").metadata("branch", "fix"));
    admit(NewJobs.of(ACME, "j-2").metadata("branch", "main"));
    admit(NewJobs.of(ACME, "j-3").metadata("other", "main"));
    admit(NewJobs.of(ACME, "j-4"));
    admit(NewJobs.of(GLOBEX, "g-0").metadata("branch", "main"));

    assertThat(all(metadata("branch", "main"))).containsExactly("j-2", "j-0");
    assertThat(all(metadata("branch", ""))).containsExactly("j-2", "j-1", "j-0");
    assertThat(all(metadata("branch", "mai"))).isEmpty();
    assertThat(all(metadata("none", ""))).isEmpty();
  }

  @Test
  void filtersAreCombined() {
    for (var i = 0; i < 12; i++) {
      admit(
          NewJobs.of(ACME, "j-" + i)
              .labels(i % 2 == 0 ? "even" : "odd")
              .metadata("third", Integer.toString(i % 3)));
    }
    grant(offer(HOST, 4, "even"));
    for (var id : List.of("j-8", "j-9", "j-10")) {
      storage().jobs().cancel(ACME, jobId(id), "alice", NOON);
    }

    assertThat(
            all(
                new JobFilter(
                    List.of("leased", "cancelled"), List.of("even"), "third", "2", "", 1)))
        .containsExactly("j-8", "j-2");
  }

  @Test
  void aJobKeepsItsPlaceInTheListWhateverBecomesOfIt() {
    var first = admit(NewJobs.of(ACME, "j-0"));
    admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, first.id(), lease.fence(), Outcome.exited(0), NOON);
    storage().jobs().retry(ACME, first.id(), NOON);

    assertThat(names(storage().jobs().list(ACME, JobFilter.newest(5))))
        .containsExactly("j-1", "j-0");
  }

  /** Every job on every page of one. */
  private List<String> all(JobFilter filter) {
    var seen = new ArrayList<String>();
    var page = storage().jobs().list(ACME, filter);
    seen.addAll(names(page));
    while (!page.next().isEmpty()) {
      page = storage().jobs().list(ACME, after(filter, page.next()));
      seen.addAll(names(page));
    }
    return seen;
  }

  private static List<String> names(Page page) {
    return page.jobs().stream().map(job -> job.id().value()).toList();
  }

  private static JobFilter after(JobFilter filter, String cursor) {
    return new JobFilter(
        filter.states(),
        filter.labels(),
        filter.metadataKey(),
        filter.metadataValue(),
        cursor,
        filter.limit());
  }

  private static JobFilter states(String... states) {
    return new JobFilter(List.of(states), List.of(), "", "", "", 2);
  }

  private static JobFilter labels(String... labels) {
    return new JobFilter(List.of(), List.of(labels), "", "", "", 1);
  }

  private static JobFilter metadata(String key, String value) {
    return new JobFilter(List.of(), List.of(), key, value, "", 1);
  }
}
