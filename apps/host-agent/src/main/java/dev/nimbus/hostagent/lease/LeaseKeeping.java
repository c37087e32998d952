package dev.nimbus.hostagent.lease;

import dev.nimbus.core.executor.Exit;
import java.time.Duration;
import java.util.List;

/**
 * One held job, from its grant to the end of its lease, as a pure state machine: an event and the
 * time on a monotonic clock go in, the next state and a list of actions come out.
 *
 * <p>What it promises, as long as it gets its ticks: a lost job is killed at once and nothing is
 * written about it any more; a job whose lease cannot be renewed is killed before the lease may be
 * taken away; an end is told until the control plane has heard it, and only one end is ever told.
 */
public record LeaseKeeping(Holding holding, Rules rules, Stage stage, Grip grip) {
  private static final Duration NEVER = Duration.ofDays(100_000);

  /** A job that was just granted. */
  public static Step granted(Holding holding, Rules rules, Duration now) {
    var grip = Grip.granted(holding, rules, now);
    var starting = new Stage.Starting(Intent.RUN, now.plus(rules.startWithin()));
    return new LeaseKeeping(holding, rules, starting, grip).doing(new Action.StartSandbox());
  }

  /**
   * Goes on after the agent died: what was stored is believed, and the executor says whether the
   * sandbox is still there, running or ended. For one that is, report {@code Exited} as usual.
   */
  public Step resumed(boolean sandboxFound, Duration now) {
    var again = with(grip.atOnce(now, rules.adoptionGrace()));
    return switch (stage) {
      case Stage.Starting _ when sandboxFound -> again.started(now);
      case Stage.Starting _ ->
          again.startFailed(new Event.StartFailed("The agent died before the job started", false));
      case Stage.Running running when sandboxFound -> again.up(running, now);
      case Stage.Running _ -> again.exited(new Exit.Crashed("gone when the agent came back"));
      case Stage.Ended(var report, var ran, _) -> again.ended(report, ran);
      case Stage.Reporting(var report, _, _) ->
          again.report(report, 0, now).after(new Action.Drain(report));
      case Stage.Released(var report) -> doing(new Action.Drain(report), new Action.Release());
      case Stage.Discarded() -> doing(new Action.Discard());
    };
  }

  /** Takes notice of something. */
  public Step on(Event event, Duration now) {
    return switch (event) {
      case Event.Tick() -> tick(now);
      case Event.Started() -> started(now);
      case Event.StartFailed failed -> startFailed(failed);
      case Event.Postponed(var why) -> postponed(why);
      case Event.NothingToRun(var why) -> unstarted(Reports.calledOff(why));
      case Event.Exited(var exit) -> exited(exit);
      case Event.Drained() -> drained(now);
      case Event.Renewed renewed -> renewed(renewed, now);
      case Event.Lost _ -> lost();
      case Event.Unreachable() -> with(grip.unanswered(holding, rules, now)).doing();
      case Event.CancelAsked() -> stop(Intent.CANCEL, now);
      case Event.StopAsked() -> stop(Intent.STOP, now);
      case Event.FinishRecorded(), Event.FinishStale() -> settled();
      case Event.FinishUnanswered() -> unsettled(now);
    };
  }

  /** When a tick is next needed. Ticks at other times do no harm. */
  public Duration wakeAt() {
    return switch (stage) {
      case Stage.Starting(var intent, var giveUpAt) ->
          intent == Intent.LOST ? giveUpAt : Grip.earlier(giveUpAt, grip.renewAt());
      case Stage.Running(_, _, var killed) when killed -> NEVER;
      case Stage.Running(var timeoutAt, var intent, _) ->
          grip.wakeAt(intent == Intent.RUN ? timeoutAt : NEVER);
      case Stage.Ended _ -> grip.renewAt();
      case Stage.Reporting reporting -> reporting.nextAt();
      case Stage.Released _, Stage.Discarded _ -> NEVER;
    };
  }

  private Step tick(Duration now) {
    return switch (stage) {
      case Stage.Starting starting -> await(starting, now);
      case Stage.Running running -> running.killed() ? doing() : keep(running, now);
      case Stage.Ended _ -> askIfDue(now);
      case Stage.Reporting(var report, var nextAt, var failures) ->
          now.compareTo(nextAt) >= 0 ? report(report, failures, now) : doing();
      case Stage.Released _, Stage.Discarded _ -> doing();
    };
  }

  private Step await(Stage.Starting starting, Duration now) {
    if (now.compareTo(starting.giveUpAt()) >= 0) {
      return abandon(starting.intent());
    }
    return starting.intent() == Intent.LOST ? doing() : askIfDue(now);
  }

  private Step abandon(Intent intent) {
    var over =
        intent == Intent.LOST
            ? discard()
            : ended(Reports.overdue(intent, rules.startWithin()), false);
    return over.after(new Action.AbandonStart());
  }

  private Step keep(Stage.Running running, Duration now) {
    if (grip.lapsed(now)) {
      return giveUp(running);
    }
    if (running.intent() == Intent.RUN && now.compareTo(running.timeoutAt()) >= 0) {
      return stop(Intent.TIME_OUT, now);
    }
    return askIfDue(now);
  }

  private Step askIfDue(Duration now) {
    return grip.due(now) ? ask(now) : doing();
  }

  private Step ask(Duration now) {
    return with(grip.asked(holding, rules, now)).doing(new Action.SendRenew(now, untold()));
  }

  /** Whether there is or was a sandbox that the control plane has not heard of. */
  private boolean untold() {
    var up = stage instanceof Stage.Running || (stage instanceof Stage.Ended ended && ended.ran());
    return up && !grip.told();
  }

  private Step started(Duration now) {
    return stage instanceof Stage.Starting(var intent, _)
        ? up(new Stage.Running(now.plus(holding.timeout()), intent, false), now)
        : doing();
  }

  /** The sandbox is known to be up: do with it what was decided meanwhile, and say so. */
  private Step up(Stage.Running running, Duration now) {
    if (running.intent() == Intent.LOST) {
      return kill(running, Intent.LOST);
    }
    if (grip.lapsed(now)) {
      return giveUp(running);
    }
    var asking = with(running).ask(now);
    return running.intent() == Intent.RUN
        ? asking
        : asking.before(new Action.Stop(grip.within(rules.stopGrace(), now), running.intent()));
  }

  /** A job that was being ended anyway is still ended for that reason. */
  private Step giveUp(Stage.Running running) {
    return kill(running, running.intent() == Intent.RUN ? Intent.GIVE_UP : running.intent());
  }

  private Step kill(Stage.Running running, Intent why) {
    return with(new Stage.Running(running.timeoutAt(), why, true))
        .doing(new Action.Stop(Duration.ZERO, why));
  }

  private Step startFailed(Event.StartFailed failed) {
    return stage instanceof Stage.Starting(var intent, _)
        ? unstarted(Reports.notStarted(intent, failed.why(), failed.counts()))
        : doing();
  }

  private Step postponed(String why) {
    return stage instanceof Stage.Starting(var intent, _)
        ? unstarted(Reports.postponed(intent, why))
        : doing();
  }

  private Step unstarted(Report report) {
    if (!(stage instanceof Stage.Starting(var intent, _))) {
      return doing();
    }
    return intent == Intent.LOST ? discard() : ended(report, false);
  }

  private Step exited(Exit exit) {
    if (!(stage instanceof Stage.Running(_, var intent, _))) {
      return doing();
    }
    return intent == Intent.LOST ? discard() : ended(Reports.of(intent, exit, holding), true);
  }

  private Step ended(Report report, boolean ran) {
    return with(new Stage.Ended(report, ran, false)).doing(new Action.Drain(report));
  }

  private Step drained(Duration now) {
    return stage instanceof Stage.Ended(var report, var ran, _)
        ? with(new Stage.Ended(report, ran, true)).reportIfReady(now)
        : doing();
  }

  private Step reportIfReady(Duration now) {
    return stage instanceof Stage.Ended(var report, _, var drained) && drained && !untold()
        ? report(report, 0, now)
        : doing();
  }

  private Step report(Report report, int failures, Duration now) {
    var again = now.plus(rules.patience(holding.ttl()));
    return with(new Stage.Reporting(report, again, failures)).doing(new Action.SendFinish(report));
  }

  private Step renewed(Event.Renewed answer, Duration now) {
    var kept = with(grip.renewed(answer, holding, rules));
    return answer.cancelling() && stage.alive()
        ? kept.stop(Intent.CANCEL, now)
        : kept.reportIfReady(now);
  }

  private Step lost() {
    return switch (stage) {
      case Stage.Starting(_, var giveUpAt) ->
          with(new Stage.Starting(Intent.LOST, giveUpAt)).doing();
      case Stage.Running running when running.intent() == Intent.LOST -> doing();
      case Stage.Running running -> kill(running, Intent.LOST);
      case Stage.Ended _ -> discard();
      case Stage.Reporting _, Stage.Released _, Stage.Discarded _ -> doing();
    };
  }

  /** Ends the job politely, unless it is being ended already: the first reason counts. */
  private Step stop(Intent why, Duration now) {
    return switch (stage) {
      case Stage.Starting(var intent, var giveUpAt) when intent == Intent.RUN ->
          with(new Stage.Starting(why, Grip.earlier(giveUpAt, now.plus(rules.stopGrace()))))
              .doing();
      case Stage.Running(var timeoutAt, var intent, var killed) when intent == Intent.RUN ->
          with(new Stage.Running(timeoutAt, why, killed))
              .doing(new Action.Stop(grip.within(rules.stopGrace(), now), why));
      case Stage.Starting _, Stage.Running _, Stage.Ended _ -> doing();
      case Stage.Reporting _, Stage.Released _, Stage.Discarded() -> doing();
    };
  }

  private Step settled() {
    return stage instanceof Stage.Reporting(var report, _, _)
        ? with(new Stage.Released(report)).doing(new Action.Release())
        : doing();
  }

  private Step unsettled(Duration now) {
    if (!(stage instanceof Stage.Reporting(var report, _, var failures))) {
      return doing();
    }
    var next = now.plus(rules.retryFinish(failures + 1));
    return with(new Stage.Reporting(report, next, failures + 1)).doing();
  }

  private Step discard() {
    return with(new Stage.Discarded()).doing(new Action.Discard());
  }

  private LeaseKeeping with(Stage next) {
    return new LeaseKeeping(holding, rules, next, grip);
  }

  private LeaseKeeping with(Grip next) {
    return new LeaseKeeping(holding, rules, stage, next);
  }

  private Step doing(Action... actions) {
    return new Step(this, List.of(actions));
  }
}
