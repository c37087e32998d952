package dev.nimbus.core.id;

/** A job, for as long as it is remembered, across all its attempts. */
public record JobId(String value) {
  /** What it may be, for documents; the constructor is what checks. */
  public static final String PATTERN = Names.PATTERN;

  public JobId {
    Names.check("job id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
