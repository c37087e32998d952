package dev.nimbus.adapters.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A summary of which three-byte sequences a chunk has: a bit set indexed by their hash, folded in
 * half while it stays sparse. It may claim what is not there, never deny what is.
 */
final class Trigrams {
  private static final int FULL_BITS = 1 << 16;
  private static final int MIN_WORDS = 8;

  private Trigrams() {}

  /** Summarises the bytes from an offset to the end. */
  static byte[] of(byte[] bytes, int from) {
    var words = new long[FULL_BITS / Long.SIZE];
    for (var i = from; i + 2 < bytes.length; i++) {
      var hash = hash(bytes, i);
      words[hash >>> 6] |= 1L << hash;
    }
    return packed(folded(words));
  }

  /** The hashes to look for; none for a text too short to have any. */
  static int[] wanted(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var hashes = new int[Math.max(0, bytes.length - 2)];
    Arrays.setAll(hashes, i -> hash(bytes, i));
    return hashes;
  }

  /** Whether bytes with this summary may have every wanted sequence. An empty one says yes. */
  static boolean mayHave(byte[] summary, int[] wanted) {
    if (summary.length == 0) {
      return true;
    }
    var mask = summary.length * Byte.SIZE - 1;
    for (var hash : wanted) {
      var bit = hash & mask;
      if ((summary[bit >>> 3] & (1 << (bit & 7))) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] bytes, int at) {
    var gram = (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
    return (gram * 0x9E3779B1) >>> 16;
  }

  private static long[] folded(long[] words) {
    if (words.length <= MIN_WORDS) {
      return words;
    }
    var half = new long[words.length / 2];
    var set = 0;
    for (var i = 0; i < half.length; i++) {
      half[i] = words[i] | words[i + half.length];
      set += Long.bitCount(half[i]);
    }
    var dense = set * 4 > half.length * Long.SIZE;
    return dense ? words : folded(half);
  }

  private static byte[] packed(long[] words) {
    var buffer = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(words);
    return buffer.array();
  }
}
