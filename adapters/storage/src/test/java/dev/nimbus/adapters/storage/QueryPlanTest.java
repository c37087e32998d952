package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.JobFilter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cost of granting must not grow with the queue: what SQLite plans to do says whether it does.
 */
final class QueryPlanTest {
  @TempDir private Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("nimbus.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void grantingSortsNothingAndSearchesEveryTableButReadyTenantsInOrder() {
    var plan = plan(Granting.GRANT, 7);

    assertThat(plan).noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan.stream().filter(step -> step.startsWith("SCAN")))
        .containsExactly("SCAN o USING INDEX org_ready");
    assertThat(plan).contains("SEARCH l USING INDEX lane_head (org_id=? AND head>?)");
  }

  @Test
  void grantingToATenantsOwnHostLooksAtNoOtherTenant() {
    var plan = plan(Granting.GRANT_OF_ONE, 8);

    assertThat(plan).noneMatch(step -> step.contains("TEMP B-TREE") || step.startsWith("SCAN"));
  }

  @Test
  void theNextHeadOfALaneIsFoundByItsIndex() {
    assertThat(plan(Lanes.LEFT, 4))
        .anyMatch(step -> step.contains("USING COVERING INDEX job_waiting"));
  }

  @Test
  void listingNewestJobsSortsNothing() {
    assertThat(listing(JobFilter.newest(10)))
        .anyMatch(step -> step.contains("USING COVERING INDEX job_newest"));
  }

  @Test
  void listingByStateUsesAnIndexOfThatState() {
    assertThat(listing(states("waiting"))).anyMatch(step -> step.contains("INDEX job_open"));
    assertThat(listing(states("failed"))).anyMatch(step -> step.contains("INDEX job_outcome"));
    assertThat(listing(states("running")))
        .anyMatch(step -> step.contains("COVERING INDEX job_held"));
  }

  @Test
  void overdueLeasesAreLookedForAmongHeldJobsOnly() {
    var plan = plan(Expiry.OVERDUE, 2);

    assertThat(plan)
        .contains("SCAN job USING COVERING INDEX job_held")
        .contains("SEARCH job USING INTEGER PRIMARY KEY (rowid=?)");
  }

  @Test
  void jobsOfAHostAreFoundByIt() {
    assertThat(plan(SqlLeaseStore.HELD, 1))
        .containsExactly("SEARCH job USING INDEX job_held (host_id=? AND lease_until>?)");
  }

  @Test
  void listingByMetadataUsesItsIndex() {
    var filter = new JobFilter(List.of(), List.of(), "branch", "main", "", 10);

    assertThat(listing(filter)).anyMatch(step -> step.contains("INDEX job_metadata_value"));
  }

  @Test
  void whatJobsServeIsFoundByTheirIds() {
    assertThat(plan(SqlForgeStore.servedBy(10), 11))
        .noneMatch(step -> step.startsWith("SCAN"))
        .anyMatch(step -> step.contains("COVERING INDEX job_key (job_id=?)"))
        .anyMatch(step -> step.contains("INDEX forge_job_serving (seq=?)"));
  }

  @Test
  void openJobsOfAConnectionAreFoundInOrderAmongOpenOnesOnly() {
    assertThat(plan(SqlForgeStore.OPEN, 6))
        .anyMatch(step -> step.contains("INDEX forge_job_open (org_id=? AND connection_id=? AND "));
    assertThat(plan(SqlForgeStore.UNTOLD, 3))
        .noneMatch(step -> step.startsWith("SCAN"))
        .anyMatch(step -> step.contains("INDEX forge_job_open (org_id=? AND connection_id=?)"));
    assertThat(plan(SqlForgeStore.OVERDUE, 4))
        .noneMatch(step -> step.startsWith("SCAN"))
        .anyMatch(step -> step.contains("INDEX forge_job_open (org_id=? AND connection_id=?)"));
    assertThat(plan(SqlForgeStore.UNSERVED, 3))
        .anyMatch(step -> step.contains("INDEX forge_job_open (org_id=? AND connection_id=?)"));
  }

  @Test
  void runnersAreLeftOverOfOneConnectionAndTheirJobsFoundByIds() {
    assertThat(plan(SqlForgeStore.LEFT_OVER, 4))
        .noneMatch(step -> step.startsWith("SCAN"))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .anyMatch(step -> step.contains("INDEX job_key"));
  }

  @Test
  void aHostIsLookedUpAmongMachinesByItsNameAlone() {
    assertThat(plan(OneJob.ROOM, 2))
        .containsExactly("SEARCH machine USING INDEX sqlite_autoindex_machine_1 (name=?)");
  }

  @Test
  void liveMachinesAreCountedWithoutLookingAtThoseThatAreGone() {
    assertThat(plan(Intending.LIVE, 2))
        .containsExactly("SEARCH machine USING COVERING INDEX machine_pool (org_id=? AND pool=?)");
    assertThat(plan(SqlProviderStore.LIVE, 2))
        .containsExactly(
            "SEARCH machine USING COVERING INDEX machine_provider (org_id=? AND provider=?)");
  }

  @Test
  void machinesAreListedAndForgottenInOrderWithoutSorting() {
    assertThat(plan(SqlMachineStore.LIVE, 0))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .contains("SCAN machine USING INDEX machine_live");
    assertThat(plan(SqlMachineStore.LIST, 2))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .contains("SEARCH machine USING INDEX machine_newest (org_id=?)");
    assertThat(plan(SqlMachineStore.LIST_LIVE, 2))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .contains("SEARCH machine USING INDEX machine_newest_live (org_id=?)");
    assertThat(plan(SqlMachineStore.FORGET, 2))
        .noneMatch(step -> step.startsWith("SCAN"))
        .anyMatch(step -> step.contains("machine_gone (gone_at<?)"));
  }

  @Test
  void whatAMonthCostIsReadFromItsSumsAndTheMachinesThatAreThere() {
    assertThat(plan(SpendingQuery.KEPT, 1)).hasSize(1);
    assertThat(plan(SpendingQuery.OPEN, 0))
        .filteredOn(step -> step.startsWith("SCAN"))
        .allMatch(step -> step.startsWith("SCAN m USING INDEX machine_"))
        .hasSize(1);
    assertThat(plan(SqlCostStore.OPEN, 1)).noneMatch(step -> step.startsWith("SCAN"));
  }

  @Test
  void whatATenantSpentInAPeriodIsFoundByItsDays() {
    for (var by : Grouping.values()) {
      assertThat(plan(SqlCostStore.sums(by), 3))
          .contains("SEARCH machine_cost USING PRIMARY KEY (org_id=? AND day>? AND day<?)");
    }
    assertThat(plan(SqlCostStore.USES, 4))
        .noneMatch(step -> step.startsWith("SCAN"))
        .anyMatch(step -> step.contains("INDEX job_outcome (org_id=? AND state=?)"));
    assertThat(plan(SqlCostStore.FORGET, 2))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .anyMatch(step -> step.contains("machine_cost_day (day<?)"));
  }

  @Test
  void demandIsCountedAlongTheIndexOfEachLane() {
    assertThat(plan(SqlJobStore.DEMAND, 1))
        .contains("SEARCH job USING COVERING INDEX job_waiting (lane_id=?)")
        .contains("SEARCH job USING INTEGER PRIMARY KEY (rowid=?)")
        .noneMatch(step -> step.startsWith("SCAN job") || step.startsWith("SCAN o"));
  }

  @Test
  void jobsAreCountedFromTheLastOneOnWithoutSorting() {
    assertThat(plan(SqlArrivalStore.NEXT, 2))
        .containsExactly("SEARCH job USING INTEGER PRIMARY KEY (rowid>?)");
    assertThat(plan(SqlArrivalStore.HOURS, 3))
        .containsExactly("SEARCH arrival USING PRIMARY KEY (org_id=? AND pool=? AND hour_at>?)");
  }

  private static JobFilter states(String state) {
    return new JobFilter(List.of(state), List.of(), "", "", "", 10);
  }

  private List<String> listing(JobFilter filter) {
    var query = Listing.of(new OrgId("acme"), filter).query();
    return plan(query.sql(), query.values().size());
  }

  private List<String> plan(String sql, int values) {
    return database.read(
        "explain",
        "plan",
        session ->
            session.all(
                "EXPLAIN QUERY PLAN " + sql,
                row -> {
                  row.number();
                  row.number();
                  row.number();
                  return row.text();
                },
                new Object[values]));
  }
}
