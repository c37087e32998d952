package dev.nimbus.core.id;

/**
 * A connection to a forge, unique in an installation and not to be guessed: it stands in the
 * address the forge sends its webhooks to.
 */
public record ConnectionId(String value) {
  public ConnectionId {
    Names.check("connection id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
