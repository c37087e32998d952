package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.testkit.storage.NewJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters that somebody spoilt from outside. */
final class RepairTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Offer OFFER =
      new Offer(
          new HostId("host-1"), ACME, Host.Sharing.ALL, Labels.NONE, new Size(99_000, 1L << 40), 1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void wrongCountsAreCountedAndCorrected(Dialect dialect) {
    try (var database = open(dialect)) {
      fill(database);
      spoil(database, "UPDATE org SET waiting = 77, running = -3");
      spoil(database, "UPDATE repository SET running = 5 WHERE repository = 'acme/shop'");
      spoil(database, "UPDATE lane SET head = NULL");

      assertThat(database.read("check", "it", Repair::needed)).isTrue();
      assertThat(database.write("repair", "it", Repair::run)).isEqualTo(3);

      assertThat(database.read("check", "it", Repair::needed)).isFalse();
      var standing = new SqlOrgStore(database).find(ACME).orElseThrow();
      assertThat(standing.waiting()).isEqualTo(2);
      assertThat(standing.running()).isEqualTo(1);
      assertThat(new SqlLeaseStore(database).grant(OFFER, TTL, NOON)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void lanesNobodyUsesAreRemoved(Dialect dialect) {
    try (var database = open(dialect)) {
      fill(database);
      var jobs = new SqlJobStore(database);
      jobs.cancel(ACME, NewJobs.of(ACME, "j-1").build().id(), "alice", NOON);
      jobs.cancel(ACME, NewJobs.of(ACME, "j-2").build().id(), "alice", NOON);

      assertThat(database.write("repair", "it", Repair::run)).isZero();

      assertThat(count(database, "SELECT count(*) FROM lane")).isZero();
      assertThat(count(database, "SELECT count(*) FROM lane_label")).isZero();
      assertThat(count(database, "SELECT count(*) FROM repository")).isEqualTo(1);
      assertThat(database.read("check", "it", Repair::needed)).isFalse();
    }
  }

  /** One job runs and two wait, in one lane. */
  private static void fill(Database database) {
    var jobs = new SqlJobStore(database);
    for (var i = 0; i < 3; i++) {
      jobs.admit(NewJobs.of(ACME, "j-" + i).repository("acme/shop").build(), NOON);
    }
    new SqlLeaseStore(database).grant(OFFER, TTL, NOON);
  }

  private Database open(Dialect dialect) {
    var url =
        switch (dialect) {
          case SQLITE -> "sqlite:" + folder.resolve("nimbus.db");
          case POSTGRES -> PostgresServer.newDatabase();
        };
    return DatabaseUrl.parse(url).open();
  }

  private static void spoil(Database database, String sql) {
    database.write("spoil", "it", session -> session.update(sql));
  }

  private static long count(Database database, String sql) {
    return database.read("count", "it", session -> session.number(sql));
  }
}
