package dev.nimbus.core.id;

/** A machine that runs jobs, named by its agent and stable across the agent's restarts. */
public record HostId(String value) {
  public HostId {
    Names.check("host id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
