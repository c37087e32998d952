package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.Offer;
import dev.nimbus.core.forge.QueueBatch;
import dev.nimbus.core.forge.QueueStatistics;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the queue of a scale set says into ours. A message without sense hides no other one
 * and is acknowledged like any: what it may have said, the statistics still count.
 */
final class Messages {
  private static final String JOBS = "RunnerScaleSetJobMessages";
  private static final int LONGEST = 4 << 20;
  private static final int MOST = 1_000;
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,50}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern WORKFLOW =
      Pattern.compile("[^/@]+/[^/@]+/([^@]+)@refs/heads/(.+)", Pattern.DOTALL);
  private static final Map<String, String> RESULTS =
      Map.of("succeeded", "success", "failed", "failure", "canceled", "cancelled");

  private final ScaleSet set;
  private final long setId;
  private final URI page;
  private final Runs runs;
  private final InstantSource time;

  /**
   * @param page of the owner or repository, as people see it
   */
  Messages(ScaleSet set, long setId, URI page, Runs runs, InstantSource time) {
    this.set = set;
    this.setId = setId;
    this.page = page;
    this.runs = runs;
    this.time = time;
  }

  /** What a message says; {@code UNAVAILABLE} when a run cannot be asked for what it needs. */
  QueueBatch batch(Wire.Message message, QueueStatistics statistics) {
    var id = message.messageId() == null ? 0 : message.messageId();
    var heard = new ArrayList<Heard>();
    var offers = new ArrayList<Offer>();
    for (var one : jobMessages(message)) {
      var delivery = "scale-set-%d-message-%d-%d".formatted(setId, id, heard.size());
      try {
        if ("JobAvailable".equals(one.messageType())) {
          offers.add(offer(one));
        } else {
          heard.add(new Heard(delivery, event(one)));
        }
      } catch (IllegalArgumentException e) {
        heard.add(new Heard(delivery, ignored("a message about a job: " + e.getMessage())));
      }
    }
    return new QueueBatch(id, heard, offers, statistics);
  }

  static Optional<QueueStatistics> statistics(Wire.@Nullable Statistics told) {
    return told == null
        ? Optional.empty()
        : Optional.of(
            new QueueStatistics(
                count(told.totalAvailableJobs()),
                count(told.totalAcquiredJobs()),
                count(told.totalAssignedJobs()),
                count(told.totalRunningJobs()),
                count(told.totalRegisteredRunners()),
                count(told.totalBusyRunners()),
                count(told.totalIdleRunners())));
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : Math.max(0, number);
  }

  private static List<Wire.JobMessage> jobMessages(Wire.Message message) {
    var body = Wire.text(message.body());
    if (!JOBS.equals(message.messageType()) || body.isBlank() || body.length() > LONGEST) {
      return List.of();
    }
    var found = new ArrayList<Wire.JobMessage>();
    try {
      var document = Wire.unmarked(body.getBytes(StandardCharsets.UTF_8));
      for (var one : Json.read(document, Object[].class)) {
        if (found.size() < MOST) {
          found.add(jobMessage(one));
        }
      }
    } catch (NimbusException e) {
      return List.of(); // It is no list.
    }
    return found;
  }

  private static Wire.JobMessage jobMessage(Object one) {
    try {
      return Json.readCamel(Json.write(one), Wire.JobMessage.class);
    } catch (NimbusException e) {
      return new Wire.JobMessage(
          "unreadable",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  private Event event(Wire.JobMessage one) {
    return switch (Wire.text(one.messageType())) {
      case "JobAssigned" -> new Event.JobQueued(job(one));
      case "JobStarted" ->
          new Event.JobStarted(
              key(one, runs.known(repository(one), run(one))),
              repository(one),
              Wire.text(one.runnerName()));
      case "JobCompleted" ->
          new Event.JobFinished(
              key(one, runs.known(repository(one), run(one))),
              repository(one),
              Wire.text(one.runnerName()),
              result(Wire.text(one.result())));
      default -> ignored("a message of a kind that is not known");
    };
  }

  private static String result(String told) {
    var word = told.toLowerCase(Locale.ROOT);
    return RESULTS.getOrDefault(word, word);
  }

  private Offer offer(Wire.JobMessage one) {
    if (one.runnerRequestId() == null || one.runnerRequestId() <= 0) {
      throw new IllegalArgumentException("it is on offer and cannot be taken");
    }
    return new Offer(one.runnerRequestId(), job(one));
  }

  private ForgeJob job(Wire.JobMessage one) {
    var repository = repository(one);
    var facts = runs.now(repository, run(one));
    var workflow = WORKFLOW.matcher(Wire.text(one.jobWorkflowRef()));
    var known = workflow.matches();
    return new ForgeJob(
        key(one, facts),
        Wire.text(one.ownerName()),
        repository,
        labels(one),
        known ? workflow.group(1) : Wire.text(one.jobWorkflowRef()),
        Wire.text(one.jobDisplayName()),
        facts.title(),
        known ? workflow.group(2) : "",
        Wire.text(one.eventName()),
        facts.actor(),
        facts.trust(),
        set.name(),
        link(repository, run(one)),
        queued(one));
  }

  /** What a job asked for; where it is not said, what the set stands for. */
  private List<String> labels(Wire.JobMessage one) {
    var asked = Wire.<String>all(one.requestLabels());
    return asked.isEmpty() ? set.labels() : asked;
  }

  /**
   * A job keeps its id when it is queued again, and newer services give it no number. Neither is
   * said to differ between the runs of a workflow.
   */
  private static ForgeJobKey key(Wire.JobMessage one, Facts facts) {
    var id = Wire.text(one.jobId());
    if (id.isBlank() && one.runnerRequestId() != null && one.runnerRequestId() > 0) {
      id = "request-" + one.runnerRequestId();
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("it does not say which");
    }
    return new ForgeJobKey("run-%d-job-%s".formatted(run(one), id), facts.attempt());
  }

  private static long run(Wire.JobMessage one) {
    return one.workflowRunId() == null ? 0 : Math.max(0, one.workflowRunId());
  }

  /** A set has jobs of its owner's repositories only. */
  private Repository repository(Wire.JobMessage one) {
    var owner = Wire.text(one.ownerName());
    var name = Wire.text(one.repositoryName());
    var ours = page.getPath().split("/", -1)[1];
    if (!owner.equalsIgnoreCase(ours) || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("it is not of a repository of '" + ours + "'");
    }
    return new Repository(owner + "/" + name);
  }

  private URI link(Repository repository, long run) {
    var root = page.getScheme() + "://" + page.getRawAuthority() + "/" + repository;
    return URI.create(run == 0 ? root : root + "/actions/runs/" + run);
  }

  private Instant queued(Wire.JobMessage one) {
    return time(one.queueTime()).or(() -> time(one.scaleSetAssignTime())).orElse(time.instant());
  }

  /** A time that is not known is said to be long ago. */
  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text)
          .map(some -> OffsetDateTime.parse(some).toInstant())
          .filter(LONG_AGO::isBefore);
    } catch (DateTimeException e) {
      return Optional.empty(); // Only for display and order.
    }
  }

  private static Event ignored(String why) {
    return new Event.Ignored(why.length() <= 200 ? why : why.substring(0, 200) + "…");
  }
}
