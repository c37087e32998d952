package dev.nimbus.controlplane.boot;

import dev.nimbus.service.time.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Boot tickets: what a machine proves itself with, once. Only their digests are kept. */
public final class Tickets {
  private static final int BYTES = 32;

  private Tickets() {}

  /** A new one nobody can guess. */
  public static String fresh(Ids ids) {
    return HexFormat.of().formatHex(ids.secret(BYTES));
  }

  /** What is stored of a ticket: its SHA-256, in hexadecimal. */
  public static String digest(String ticket) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(ticket.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
