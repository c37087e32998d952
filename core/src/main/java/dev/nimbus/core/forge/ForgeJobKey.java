package dev.nimbus.core.forge;

/**
 * A job as its forge names it.
 *
 * @param attempt counts the re-runs a forge makes under one id, from 1
 */
public record ForgeJobKey(String id, int attempt) {
  private static final int MAX_LENGTH = 100;

  public ForgeJobKey {
    if (id.isBlank() || id.length() > MAX_LENGTH || attempt < 1) {
      throw new IllegalArgumentException("Not a forge's job: '" + id + "', attempt " + attempt);
    }
  }

  @Override
  public String toString() {
    return id + "#" + attempt;
  }
}
