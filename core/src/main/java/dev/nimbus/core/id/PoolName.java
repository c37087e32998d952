package dev.nimbus.core.id;

/** What a tenant calls one of its pools of machines; a job may ask for it as for a label. */
public record PoolName(String value) {
  public PoolName {
    Names.check("pool name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
