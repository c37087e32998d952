package dev.nimbus.hostagent.run;

import dev.nimbus.core.executor.Executor;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.ship.LogSinks;
import dev.nimbus.hostagent.ship.Pace;
import dev.nimbus.hostagent.sweep.JobFolders;
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
    Rules rules) {}
