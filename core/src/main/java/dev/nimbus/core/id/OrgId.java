package dev.nimbus.core.id;

/** A tenant. Every stored row, query, token and metric belongs to exactly one. */
public record OrgId(String value) {
  /** The tenant of a single-team installation. */
  public static final OrgId DEFAULT = new OrgId("default");

  public OrgId {
    Names.check("org id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
