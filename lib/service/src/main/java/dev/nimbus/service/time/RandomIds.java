package dev.nimbus.service.time;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Nine characters of milliseconds, then eleven of chance: 56 bits, enough for one millisecond. */
final class RandomIds implements Ids {
  private static final byte[] ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final int TIME_LENGTH = 9;
  private static final int LENGTH = 20;

  private final InstantSource time;
  private final SecureRandom random;

  RandomIds(InstantSource time, SecureRandom random) {
    this.time = time;
    this.random = random;
  }

  @Override
  public String next(String prefix) {
    var characters = new byte[LENGTH];
    write(time.millis(), characters, 0, TIME_LENGTH);
    write(random.nextLong() >>> 1, characters, TIME_LENGTH, LENGTH);
    return prefix + "-" + new String(characters, StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] secret(int bytes) {
    var secret = new byte[bytes];
    random.nextBytes(secret);
    return secret;
  }

  private static void write(long value, byte[] to, int from, int end) {
    var rest = value;
    for (var i = end - 1; i >= from; i--) {
      to[i] = ALPHABET[(int) (rest % ALPHABET.length)];
      rest /= ALPHABET.length;
    }
  }
}
