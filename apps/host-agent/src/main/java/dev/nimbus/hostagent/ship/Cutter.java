package dev.nimbus.hostagent.ship;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts console bytes into lines, the same way however they arrive: at a line feed, where a line
 * gets too long, and at the offsets where an earlier reading showed an unfinished line. What is not
 * UTF-8 becomes U+FFFD. Not thread-safe.
 */
final class Cutter {
  /** Bytes of a part. They never decode to more characters than that. */
  static final int MAX_BYTES = 64 * 1024;

  private final ArrayDeque<Long> knownCuts;
  private final Mask mask;
  private byte[] bytes = new byte[1024];
  private int length;
  private int scanned;
  private long base;
  private boolean midLine;

  /**
   * Starts in the console right after a cut.
   *
   * @param midLine whether that cut left its line unfinished
   * @param knownCuts offsets given by {@link #idle} after that one, in order
   * @param mask what it hides is not torn by a cut within a line, or it could not be found
   */
  Cutter(long offset, boolean midLine, List<Long> knownCuts, Mask mask) {
    this.base = offset;
    this.midLine = midLine;
    this.knownCuts = new ArrayDeque<>(knownCuts);
    this.mask = mask;
  }

  /** Takes the next bytes and gives what they complete. */
  List<Cut> feed(byte[] chunk, int count) {
    append(chunk, count);
    var cuts = new ArrayList<Cut>();
    for (var cut = next(); cut.isPresent(); cut = next()) {
      cuts.add(cut.get());
    }
    return cuts;
  }

  /** Whether there is an unfinished line that nobody has seen. */
  boolean partial() {
    return length > 0;
  }

  /** Where {@link #idle} would cut; the last cut's own offset when there is nothing to show. */
  long idleOffset() {
    return base + whole(length);
  }

  /**
   * Cuts off what there is of an unfinished line, so that it can be shown. Its end offset must be
   * known to whoever reads the console again.
   */
  Optional<Cut> idle() {
    var size = whole(length);
    return size == 0 ? Optional.empty() : Optional.of(take(size, size, false));
  }

  /** The console has ended: what is left is a line too. */
  Optional<Cut> end() {
    return length > 0 || midLine ? Optional.of(take(length, length, true)) : Optional.empty();
  }

  private Optional<Cut> next() {
    var known = knownCut();
    var lineFeed = find(Math.min(Math.min(length, known), MAX_BYTES + 1));
    if (lineFeed >= 0) {
      var carriageReturn = lineFeed > 0 && bytes[lineFeed - 1] == '\r';
      return Optional.of(take(carriageReturn ? lineFeed - 1 : lineFeed, lineFeed + 1, true));
    }
    if (known <= Math.min(length, MAX_BYTES)) {
      return Optional.of(take(known, known, false));
    }
    if (length > MAX_BYTES) {
      var size = whole(MAX_BYTES);
      return Optional.of(take(size, size, false));
    }
    return Optional.empty();
  }

  /** How many of the bytes lie before the next known cut. */
  private int knownCut() {
    while (!knownCuts.isEmpty() && knownCuts.getFirst() <= base) {
      knownCuts.removeFirst();
    }
    return knownCuts.isEmpty()
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, knownCuts.getFirst() - base);
  }

  private int find(int until) {
    for (var i = scanned; i < until; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    scanned = Math.max(scanned, until);
    return -1;
  }

  /** How many of the first bytes may be cut off without tearing what belongs together. */
  private int whole(int bytesThere) {
    var size = mask.whole(bytes, bytesThere);
    var end = size;
    for (var i = 1; i <= Math.min(3, size); i++) {
      var needed = sequenceLength(bytes[size - i]);
      if (needed > 0) {
        end = needed > i ? size - i : size;
        break;
      }
    }
    return end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  /** How long the character is that starts with this byte; zero when none does. */
  private static int sequenceLength(byte first) {
    var value = first & 0xff;
    if (value < 0x80) {
      return 1;
    }
    if (value < 0xc0) {
      return 0;
    }
    return value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
  }

  private Cut take(int size, int consumed, boolean complete) {
    var text = new String(bytes, 0, size, StandardCharsets.UTF_8);
    System.arraycopy(bytes, consumed, bytes, 0, length - consumed);
    length -= consumed;
    base += consumed;
    scanned = 0;
    midLine = !complete;
    return new Cut(text, complete, base);
  }

  private void append(byte[] chunk, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    System.arraycopy(chunk, 0, bytes, length, count);
    length += count;
  }
}
