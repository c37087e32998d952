package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Budget.Rules GITHUB = new Budget.Rules(900, 15, Duration.ofSeconds(1), 0.2);
  private static final Budget.Rules NO_DISTANCE = new Budget.Rules(900, 15, Duration.ZERO, 0.2);
  private static final Call MINT = Call.post("/runners", Map.of(), Purpose.MINT);
  private static final Call RETIRE = Call.delete("/runners/7", Purpose.RETIRE);
  private static final Call POLL = Call.get("/jobs", Purpose.POLL);
  private static final Call ASK = Call.get("/jobs", Purpose.MINT);
  private static final Reply FINE = Replies.of(200);

  @Test
  void changesKeepTheirDistanceAndQuestionsDoNot() {
    var budget = new Budget(GITHUB, NOON);

    assertThat(budget.take(MINT, NOON)).isEmpty();
    assertThat(budget.take(RETIRE, NOON)).contains(NOON.plusSeconds(1));
    assertThat(budget.take(ASK, NOON)).isEmpty();
    assertThat(budget.take(RETIRE, NOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void anAnswerThatTravelsLongKeepsItsPointsTaken() {
    var budget = new Budget(NO_DISTANCE, NOON);
    for (var call = 0; call < 177; call++) {
      assertThat(budget.take(MINT, NOON)).isEmpty();
    }
    var late = NOON.plusSeconds(50);
    for (var call = 0; call < 177; call++) {
      budget.learn(MINT, FINE, late);
    }

    assertThat(budget.take(MINT, NOON.plusSeconds(70))).contains(late.plusSeconds(60));
    assertThat(budget.take(MINT, late.plusSeconds(60))).isEmpty();
  }

  @Test
  void aCallThatGotNoAnswerMayHaveBeenCounted() {
    var budget = new Budget(NO_DISTANCE, NOON);
    for (var call = 0; call < 177; call++) {
      assertThat(budget.take(MINT, NOON)).isEmpty();
      budget.lost(MINT, NOON);
    }

    assertThat(budget.take(MINT, NOON)).contains(NOON.plusSeconds(60));
  }

  @Test
  void whatFreesSomethingMayUseTheLastPoints() {
    var budget = new Budget(NO_DISTANCE, NOON);
    while (budget.take(MINT, NOON).isEmpty()) {
      budget.learn(MINT, FINE, NOON);
    }

    assertThat(budget.take(RETIRE, NOON)).isEmpty();
  }

  @Test
  void pollsLeaveHalfOfThePoints() {
    var budget = new Budget(NO_DISTANCE, NOON);
    var polls = 0;
    while (budget.take(POLL, NOON).isEmpty()) {
      budget.learn(POLL, FINE, NOON);
      polls++;
    }

    assertThat(polls).isEqualTo(450);
    assertThat(budget.take(MINT, NOON)).isEmpty();
  }

  @Test
  void theForgeIsLeftAloneWhenItAsksForThat() {
    var budget = new Budget(GITHUB, NOON);
    assertThat(budget.take(ASK, NOON)).isEmpty();
    budget.learn(ASK, Replies.of(429, "retry-after", "90"), NOON);

    assertThat(budget.closed(NOON)).isTrue();
    assertThat(budget.take(RETIRE, NOON)).contains(NOON.plusSeconds(90));
    assertThat(budget.take(RETIRE, NOON.plusSeconds(90))).isEmpty();
  }

  @Test
  void aRefusalAboutPermissionsClosesNothing() {
    var budget = new Budget(GITHUB, NOON);
    assertThat(budget.take(ASK, NOON)).isEmpty();
    budget.learn(ASK, Replies.saying(403, "{\"message\":\"Resource not accessible\"}"), NOON);

    assertThat(budget.take(ASK, NOON)).isEmpty();
  }

  @Test
  void aShareOfTheHourIsKeptForRetiring() {
    var budget = new Budget(GITHUB, NOON);
    var reset = NOON.plusSeconds(1800);
    assertThat(budget.take(ASK, NOON)).isEmpty();
    budget.learn(ASK, left(1_000, reset), NOON);

    assertThat(budget.take(ASK, NOON)).contains(reset);
    assertThat(budget.take(POLL, NOON)).contains(reset);
    assertThat(budget.take(RETIRE, NOON)).isEmpty();
    assertThat(budget.take(ASK, reset)).isEmpty();
  }

  @Test
  void pollsLeaveMoreOfTheHour() {
    var budget = new Budget(GITHUB, NOON);
    assertThat(budget.take(ASK, NOON)).isEmpty();
    budget.learn(ASK, left(1_900, NOON.plusSeconds(1800)), NOON);

    assertThat(budget.take(POLL, NOON)).isPresent();
    assertThat(budget.take(ASK, NOON)).isEmpty();
  }

  @Test
  void questionsThatFoundNothingNewCostNothingOfTheHour() {
    var budget = new Budget(GITHUB, NOON);
    var unchanged =
        Replies.of(
            304,
            "x-ratelimit-remaining",
            "4000",
            "x-ratelimit-limit",
            "5000",
            "x-ratelimit-reset",
            Long.toString(NOON.plusSeconds(3000).getEpochSecond()));
    for (var poll = 0; poll < 2_000; poll++) {
      var at = NOON.plusSeconds(poll);
      assertThat(budget.take(POLL, at)).isEmpty();
      budget.learn(POLL, unchanged, at);
    }

    assertThat(budget.remaining()).isEqualTo(Map.of("core", 4_000L));
  }

  @Test
  void ofAnswersThatOvertakeEachOtherTheLowerCountIsNewer() {
    var budget = new Budget(GITHUB, NOON);
    var reset = NOON.plusSeconds(1800);
    budget.take(ASK, NOON);
    budget.take(ASK, NOON);
    budget.learn(ASK, left(2_000, reset), NOON);
    budget.learn(ASK, left(2_001, reset), NOON);
    assertThat(budget.remaining()).isEqualTo(Map.of("core", 2_000L));

    budget.take(ASK, NOON);
    budget.learn(ASK, left(5_000, reset.plusSeconds(3600)), NOON);
    assertThat(budget.remaining()).isEqualTo(Map.of("core", 5_000L));
  }

  @Test
  void callsAreCountedInTheBucketTheForgeNames() {
    var budget = new Budget(GITHUB, NOON);
    var first = Call.post("/orgs/acme/actions/runners/generate-jitconfig", Map.of(), Purpose.MINT);
    var reset = NOON.plusSeconds(1800);
    assertThat(budget.take(first, NOON)).isEmpty();
    budget.learn(
        first,
        Replies.of(
            201,
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            Long.toString(reset.getEpochSecond()),
            "x-ratelimit-resource",
            "actions_runner_registration"),
        NOON);

    assertThat(budget.take(first, NOON.plusSeconds(2))).contains(reset);
    assertThat(budget.take(MINT, NOON.plusSeconds(2))).isEmpty();
  }

  @Test
  void noMinuteEverHoldsMorePointsThanAllowed() {
    for (var seed = 0; seed < 50; seed++) {
      var arrivals = hammered(new Random(seed));
      for (var from = 0; from < arrivals.size(); from++) {
        var end = arrivals.get(from).at().plusSeconds(60);
        var points = 0;
        for (var to = from; to < arrivals.size() && arrivals.get(to).at().isBefore(end); to++) {
          points += arrivals.get(to).points();
        }
        assertThat(points).as("seed " + seed).isLessThanOrEqualTo(900);
      }
    }
  }

  /** Calls made as soon as they may be, each seen by the forge some time before its answer. */
  private static List<Arrival> hammered(Random random) {
    var budget = new Budget(NO_DISTANCE, NOON);
    var arrivals = new ArrayList<Arrival>();
    var underway = new ArrayList<Underway>();
    var now = NOON;
    for (var step = 0; step < 1_500; step++) {
      var call = List.of(MINT, RETIRE, POLL, ASK).get(random.nextInt(4));
      var from = budget.take(call, now);
      if (from.isEmpty()) {
        var takes = random.nextInt(5_000);
        var arrives = now.plusMillis(random.nextInt(takes + 1));
        arrivals.add(new Arrival(arrives, call.safe() ? 1 : 5));
        underway.add(new Underway(call, now.plusMillis(takes)));
      } else {
        now = now.plusMillis(1 + random.nextInt(2_000));
      }
      answer(budget, underway, now);
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  private static void answer(Budget budget, List<Underway> underway, Instant now) {
    for (var one : List.copyOf(underway)) {
      if (!one.until().isAfter(now)) {
        underway.remove(one);
        budget.learn(one.call(), FINE, now);
      }
    }
  }

  private static Reply left(long remaining, Instant reset) {
    return Replies.of(
        200,
        "x-ratelimit-remaining",
        Long.toString(remaining),
        "x-ratelimit-limit",
        "5000",
        "x-ratelimit-reset",
        Long.toString(reset.getEpochSecond()));
  }

  private record Arrival(Instant at, int points) {}

  private record Underway(Call call, Instant until) {}
}
