package dev.nimbus.core.job;

/** Whether a job sees the network of its host. */
public enum NetworkAccess {
  /** A network of its own with nothing but loopback. */
  NONE,
  /** The host's network, as a shell on that host would have it. */
  HOST
}
