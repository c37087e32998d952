package dev.nimbus.core.id;

/** A job, for as long as it is remembered, across all its attempts. */
public record JobId(String value) {
  public JobId {
    Names.check("job id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
