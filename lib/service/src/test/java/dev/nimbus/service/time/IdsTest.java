package dev.nimbus.service.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.JobId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void identitiesAreValidUniqueAndOfOneLength() {
    var ids = Ids.random();
    var seen = new HashSet<String>();
    for (var i = 0; i < 10_000; i++) {
      seen.add(new JobId(ids.next("j")).value());
    }
    assertThat(seen).hasSize(10_000).allMatch(id -> id.matches("j-[a-z0-9]{20}"));
  }

  @Test
  void identitiesSortByTheTimeTheyWereMade() {
    var made = new ArrayList<String>();
    for (var day = 0; day < 400; day++) {
      var then = Instant.parse("2026-11-22T12:00:00Z").plusSeconds(day * 86_400L);
      made.add(new RandomIds(() -> then, new SecureRandom()).next("j"));
    }
    assertThat(made).isSorted();
  }
}
