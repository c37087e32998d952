package dev.nimbus.core.id;

/** A tenant. Every stored row, query, token and metric belongs to exactly one. */
public record OrgId(String value) {
  /** What it may be, for documents; the constructor is what checks. */
  public static final String PATTERN = Names.PATTERN;

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
