package dev.nimbus.core.id;

/** What a tenant calls one of the accounts it rents machines with. */
public record ProviderName(String value) {
  public ProviderName {
    Names.check("provider name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
