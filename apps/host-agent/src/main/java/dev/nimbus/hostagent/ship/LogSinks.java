package dev.nimbus.hostagent.ship;

import dev.nimbus.core.id.SandboxId;

/** Opens the way to the logging pipeline for one attempt of a job. */
public interface LogSinks {
  /**
   * The way for one attempt. Opening it asks nobody.
   *
   * @param logsUrl where the control plane says the pipeline is; empty when nobody wants the log
   */
  LogSink open(SandboxId id, String logsUrl, LogToken token);
}
