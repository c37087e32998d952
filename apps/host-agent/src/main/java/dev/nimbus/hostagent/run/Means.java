package dev.nimbus.hostagent.run;

import dev.nimbus.core.executor.Executor;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.runner.Runners;
import dev.nimbus.hostagent.ship.LogSinks;
import dev.nimbus.hostagent.ship.Pace;
import dev.nimbus.hostagent.sweep.Clocks;
import dev.nimbus.hostagent.sweep.JobFolders;
import dev.nimbus.service.time.BootClock;
import java.time.InstantSource;

/** What an agent works with. */
public record Means(
    Executor executor,
    ControlPlaneLink link,
    LogSinks sinks,
    JobFolders folders,
    AgentMetrics metrics,
    Pace pace,
    InstantSource time,
    BootClock boot,
    Rules rules,
    Runners runners) {
  /** What both clocks say now. */
  Clocks clocks() {
    return new Clocks(pace.now(), boot.now());
  }
}
