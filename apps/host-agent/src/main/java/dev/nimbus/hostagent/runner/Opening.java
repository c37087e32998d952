package dev.nimbus.hostagent.runner;

import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.service.config.Secret;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Finds out, just before its sandbox starts, what a job is to be started with. */
@FunctionalInterface
public interface Opening {
  /**
   * May take a while.
   *
   * @param wanted whether the job is still to be started
   */
  Opened open(BooleanSupplier wanted) throws InterruptedException;

  /** What came of it. */
  sealed interface Opened {
    /**
     * The sandbox can start.
     *
     * @param secrets what must not be in its log
     */
    record Ready(JobSpec job, Equipment equipment, List<Secret> secrets) implements Opened {
      public Ready {
        secrets = List.copyOf(secrets);
      }
    }

    /** No sandbox is to be started; this has happened to the job instead, in order. */
    record Unstarted(List<Event> events) implements Opened {
      public Unstarted {
        events = List.copyOf(events);
      }
    }
  }

  /** A command needs nothing more. */
  static Opening of(JobSpec command) {
    return _ -> new Opened.Ready(command, Equipment.NONE, List.of());
  }
}
