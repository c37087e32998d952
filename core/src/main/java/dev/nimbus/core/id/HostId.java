package dev.nimbus.core.id;

/** A machine that runs jobs, named by its agent and stable across the agent's restarts. */
public record HostId(String value) {
  /** What it may be, for documents; the constructor is what checks. */
  public static final String PATTERN = Names.PATTERN;

  public HostId {
    Names.check("host id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
