package dev.nimbus.core.job;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 512MiB}, {@code 2G}, {@code 1.5GB}, {@code 1048576}. Every
 * unit is binary, as memory is: {@code K}, {@code KB} and {@code KiB} are 1,024 bytes.
 */
public final class ByteSize {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)([kmgt]?)i?b?");

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  private ByteSize() {}

  /** Bytes, above zero, rounded down. What is not a size is an {@link IllegalArgumentException}. */
  public static long parse(String text) {
    var match = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException("Not a size: '" + text + "' (such as 512MiB or 2G)");
    }
    var factor =
        switch (match.group(2)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          case "g" -> 1L << 30;
          case "t" -> 1L << 40;
          default -> 1L;
        };
    var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(factor));
    if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("A size out of range: '" + text + "'");
    }
    return bytes.longValue();
  }
}
