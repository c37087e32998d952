package dev.nimbus.e2e.simulation;

import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Step;
import java.time.Duration;

/** How an agent decides: with the real machine, unless a test breaks it. */
interface Judgement {
  Judgement REAL = LeaseKeeping::on;

  Step on(LeaseKeeping keeping, Event event, Duration now);
}
