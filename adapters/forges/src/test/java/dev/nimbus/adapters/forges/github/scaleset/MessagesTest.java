package dev.nimbus.adapters.forges.github.scaleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.QueueBatch;
import dev.nimbus.core.forge.QueueStatistics;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Map<String, Object> ASSIGNED =
      Map.of(
          "messageType", "JobAssigned",
          "ownerName", "acme",
          "repositoryName", "shop",
          "workflowRunId", 30,
          "jobId", "bd59f43d-2e1a-567a-b5a4-c147b94d0766",
          "runnerRequestId", 0);

  private final Messages messages =
      new Messages(
          new ScaleSet("nimbus", List.of("nimbus")),
          4,
          URI.create("https://github.com/acme"),
          new NoRuns(),
          () -> NOON);

  @Test
  void aJobThatSaysLittleIsStillAJob() {
    var job = ((Event.JobQueued) event(ASSIGNED)).job();

    assertThat(job.key()).hasToString("run-30-job-bd59f43d-2e1a-567a-b5a4-c147b94d0766#1");
    assertThat(job.labels()).containsExactly("nimbus");
    assertThat(job.link()).hasToString("https://github.com/acme/shop/actions/runs/30");
    assertThat(job.queuedAt()).isEqualTo(NOON);
  }

  @Test
  void aJobIsKnownByItsIdAndElseByItsNumber() {
    assertThat(key(with("runnerRequestId", 8))).isEqualTo(key(ASSIGNED));
    assertThat(key(with("jobId", "", "runnerRequestId", 8))).isEqualTo("run-30-job-request-8");
  }

  @Test
  void timesBeforeThereWasAnyAreNotKnown() {
    var never = "0001-01-01T00:00:00Z";
    var given = with("queueTime", never, "scaleSetAssignTime", "2026-01-01T11:00:00.1234567Z");
    var job = ((Event.JobQueued) event(given)).job();

    assertThat(job.queuedAt()).isEqualTo(Instant.parse("2026-01-01T11:00:00.123456700Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobId", "ownerName", "repositoryName"})
  void aMessageThatDoesNotSayWhichHidesNoOther(String missing) {
    var broken = new LinkedHashMap<>(ASSIGNED);
    broken.remove(missing);

    var batch = batch(Json.text(List.of(broken, ASSIGNED, Map.of("messageType", 7), 3)));

    assertThat(batch.heard()).hasSize(4);
    assertThat(batch.heard().get(1).event()).isInstanceOf(Event.JobQueued.class);
    assertThat(batch.heard())
        .filteredOn(heard -> heard.event() instanceof Event.Ignored)
        .hasSize(3);
    assertThat(batch.heard()).extracting(heard -> heard.deliveryId()).doesNotHaveDuplicates();
  }

  @Test
  void anOfferThatCannotBeTakenIsNone() {
    var batch = batch(Json.text(List.of(with("messageType", "JobAvailable"))));

    assertThat(batch.offers()).isEmpty();
    assertThat(batch.heard().getFirst().event()).isInstanceOf(Event.Ignored.class);
  }

  @Test
  void aMessageOfAnotherKindSaysNothing() {
    var message = new Wire.Message(7L, "SomethingNew", "[{}]", null);

    assertThat(messages.batch(message, QueueStatistics.NONE))
        .isEqualTo(new QueueBatch(7, List.of(), List.of(), QueueStatistics.NONE));
  }

  @Test
  void countsThatLackAreZeroAndNoneIsNegative() {
    var told = new Wire.Statistics(null, -3, 2, 1, null, null, null);

    assertThat(Messages.statistics(told)).contains(new QueueStatistics(0, 0, 2, 1, 0, 0, 0));
    assertThat(Messages.statistics(null)).isEmpty();
  }

  @Property
  void whateverABodyHoldsIsABatch(@ForAll String body) {
    assertThat(batch(body).id()).isEqualTo(7);
  }

  @Property
  void aFieldOfAnyOtherKindIsNeverAnException(
      @ForAll("fields") String field, @ForAll("oddities") Object odd) {
    assertThat(batch(Json.text(List.of(with(field, odd)))).heard()).hasSize(1);
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of(
        "messageType",
        "ownerName",
        "repositoryName",
        "workflowRunId",
        "jobId",
        "runnerRequestId",
        "requestLabels",
        "queueTime",
        "jobWorkflowRef",
        "eventName",
        "result",
        "runnerName");
  }

  @Provide
  Arbitrary<Object> oddities() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(600).map(text -> (Object) text),
        Arbitraries.longs().map(number -> (Object) number),
        Arbitraries.of(
            List.of(), Map.of(), true, 1.5, "../..", "a/b", List.of(1), "x".repeat(9_000)));
  }

  private String key(Map<String, Object> message) {
    return ((Event.JobQueued) event(message)).job().key().id();
  }

  private Event event(Map<String, Object> message) {
    return batch(Json.text(List.of(message))).heard().getFirst().event();
  }

  private QueueBatch batch(String body) {
    var message = new Wire.Message(7L, "RunnerScaleSetJobMessages", body, null);
    return messages.batch(message, QueueStatistics.NONE);
  }

  private static Map<String, Object> with(Object... namesAndValues) {
    var changed = new LinkedHashMap<>(ASSIGNED);
    changed.putAll(Json.object(namesAndValues));
    return changed;
  }

  private record NoRuns() implements Runs {
    @Override
    public Facts now(Repository repository, long run) {
      return Facts.UNKNOWN;
    }

    @Override
    public Facts known(Repository repository, long run) {
      return Facts.UNKNOWN;
    }
  }
}
