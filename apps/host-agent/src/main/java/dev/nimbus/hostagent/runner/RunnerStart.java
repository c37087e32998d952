package dev.nimbus.hostagent.runner;

import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.ship.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the runner of a job registered when everything else is there, so that its credential exists
 * nowhere before, and makes of it what a sandbox starts with. A forge that cannot be asked now is
 * asked again for a while. One that still does not answer, or that refuses, would do the same to
 * any other host: the job is given back for later, which is nobody's fault.
 */
public final class RunnerStart implements Opening {
  /** How long a forge that does not answer is asked again. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** How long all of it may take: the last question is asked at the end of the patience. */
  public static final Duration LONGEST = PATIENCE.multipliedBy(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunnerStart.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MAX_DOUBLINGS = 4;

  private final RunnerJob job;
  private final Runners runners;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();

  public RunnerStart(RunnerJob job, Runners runners, Pace pace) {
    this.job = job;
    this.runners = runners;
    this.pace = pace;
  }

  /** Fails when this host cannot run such a runner, whatever the forge says. */
  @Override
  public Opened open(BooleanSupplier wanted) throws InterruptedException {
    var program = runners.tools().program(job.forge());
    runners.secrets().check();
    var until = pace.now().plus(PATIENCE);
    var why = "";
    for (var asked = 0; wanted.getAsBoolean() && pace.now().compareTo(until) < 0; asked++) {
      switch (ask()) {
        case Answer.Registered(var reply) -> {
          return ready(program, reply);
        }
        case Answer.Never(var events) -> {
          return new Opened.Unstarted(events);
        }
        case Answer.Later(var reason) -> why = reason;
      }
      rest(FIRST_PAUSE.multipliedBy(1L << Math.min(asked, MAX_DOUBLINGS)));
    }
    return new Opened.Unstarted(List.of(new Event.Postponed(unanswered(why))));
  }

  private sealed interface Answer {
    record Registered(RunnerReply reply) implements Answer {}

    record Later(String why) implements Answer {}

    record Never(List<Event> events) implements Answer {}
  }

  private Answer ask() {
    try {
      return new Answer.Registered(job.registration().get());
    } catch (NimbusException e) {
      LOG.atInfo()
          .addKeyValue("job", job.sandbox())
          .addKeyValue("why", e.getMessage())
          .log("No runner was registered");
      return answer(e);
    }
  }

  private static Answer answer(NimbusException refusal) {
    var why = String.valueOf(refusal.getMessage());
    return switch (refusal.code()) {
      case "nothing-to-serve" -> never(new Event.NothingToRun(why));
      case "runner-refused" -> never(new Event.Postponed(why));
      default ->
          switch (refusal.kind()) {
            case CONFLICT, NOT_FOUND ->
                never(new Event.Lost(why), new Event.StartFailed(why, false));
            case INVALID -> never(new Event.StartFailed(why, true));
            case DENIED, EXHAUSTED, UNAVAILABLE, INTERNAL -> new Answer.Later(why);
          };
    };
  }

  private static Answer never(Event... events) {
    return new Answer.Never(List.of(events));
  }

  private Opened ready(Program program, RunnerReply reply) {
    if (!reply.tool().equals(job.forge().tool())) {
      throw new IllegalArgumentException(
          "The control plane starts '%s' for a job of %s"
              .formatted(reply.tool(), job.forge().word()));
    }
    var environment =
        reply.env().entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey(), entry -> placed(entry.getValue())));
    var equipment = new Equipment(environment, reply.files(), program);
    var command = reply.command().stream().map(RunnerStart::placed).toList();
    var spec = job.spec();
    var secrets = RunnerSecrets.in(reply, job.sandbox());
    runners.secrets().keep(job.sandbox(), secrets);
    return new Opened.Ready(
        new JobSpec(command, spec.environment(), spec.image(), spec.timeout(), spec.network()),
        equipment,
        secrets);
  }

  private static String placed(String text) {
    return text.replace("{tool}", Equipment.PROGRAM).replace("{files}", Equipment.FILES);
  }

  private String unanswered(String why) {
    return "Its runner could not be registered at %s within %d s: %s"
        .formatted(job.forge().word(), PATIENCE.toSeconds(), why);
  }

  private void rest(Duration time) throws InterruptedException {
    var until = pace.now().plus(time);
    lock.lockInterruptibly();
    try {
      while (pace.now().compareTo(until) < 0) {
        pace.await(lock, never, until);
      }
    } finally {
      lock.unlock();
    }
  }
}
