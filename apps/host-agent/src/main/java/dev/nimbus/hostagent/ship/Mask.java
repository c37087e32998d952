package dev.nimbus.hostagent.ship;

import dev.nimbus.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps what an agent handed to a job in secret out of that job's log, should the job print it: it
 * is replaced wherever it stands whole, or breaks off at the end of a line. Pieces of a secret and
 * encodings of it are not known. Immutable.
 */
public final class Mask {
  /** Hides nothing. */
  public static final Mask NONE = new Mask(List.of());

  private static final String STARS = "***";

  /** A shorter beginning of a secret tells nothing, and may be an innocent word. */
  private static final int TELLING = 12;

  /** The longest first, so that one inside another does not keep the rest from being found. */
  private final List<String> secrets;

  private Mask(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Hides these; what is not present is not looked for. */
  public static Mask of(Collection<Secret> secrets) {
    return new Mask(
        secrets.stream()
            .filter(Secret::present)
            .map(Secret::value)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** The text of a line, or of a part of one, as it may be shown. */
  String over(String text) {
    var shown = text;
    for (var secret : secrets) {
      shown = withoutBeginning(shown.replace(secret, STARS), secret);
    }
    return shown;
  }

  /** How many of the first bytes can be cut off without tearing what may become a secret. */
  int whole(byte[] bytes, int size) {
    var end = size;
    for (var secret : secrets) {
      end = Math.min(end, whole(bytes, size, secret.getBytes(StandardCharsets.UTF_8)));
    }
    return end;
  }

  private static int whole(byte[] bytes, int size, byte[] secret) {
    for (var start = Math.max(0, size - secret.length + 1); start < size; start++) {
      if (begins(bytes, start, size, secret)) {
        return start;
      }
    }
    return size;
  }

  private static boolean begins(byte[] bytes, int from, int to, byte[] secret) {
    for (var i = from; i < to; i++) {
      if (bytes[i] != secret[i - from]) {
        return false;
      }
    }
    return true;
  }

  private static String withoutBeginning(String text, String secret) {
    for (var length = Math.min(secret.length() - 1, text.length()); length >= TELLING; length--) {
      if (text.regionMatches(text.length() - length, secret, 0, length)) {
        return text.substring(0, text.length() - length) + STARS;
      }
    }
    return text;
  }
}
