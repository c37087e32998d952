package dev.nimbus.service.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A secret text that does not print itself. Empty means that none is configured. */
public record Secret(String value) {
  public static final Secret NONE = new Secret("");

  public boolean present() {
    return !value.isEmpty();
  }

  /** Whether the guess is this secret, in time that does not depend on where they differ. */
  public boolean matches(String guess) {
    return present() && MessageDigest.isEqual(bytes(), guess.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return present() ? "****" : "";
  }
}
