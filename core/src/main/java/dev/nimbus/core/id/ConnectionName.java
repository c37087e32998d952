package dev.nimbus.core.id;

/** What a tenant calls one of its connections. */
public record ConnectionName(String value) {
  public ConnectionName {
    Names.check("connection name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
