package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.log.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A chunk after decompression. Lines become objects only when somebody wants them. */
final class Unpacked {
  private final JobId job;
  private final Fence attempt;
  private final byte[] raw;
  private final byte[] flags;
  private final long[] sequences;
  private final long[] seconds;
  private final int[] nanos;

  /** Where each text starts, and after the last one the end. */
  private final int[] starts;

  Unpacked(JobId job, Fence attempt, byte[] raw) {
    this.job = job;
    this.attempt = attempt;
    this.raw = raw;
    var in = new ByteReader(raw);
    var count = (int) in.nextUnsigned();
    flags = new byte[count];
    sequences = new long[count];
    seconds = new long[count];
    nanos = new int[count];
    starts = new int[count + 1];
    readColumns(in);
  }

  private void readColumns(ByteReader in) {
    for (var i = 0; i < flags.length; i++) {
      flags[i] = (byte) in.next();
    }
    for (var i = 0; i < sequences.length; i++) {
      sequences[i] = (i == 0 ? 0 : sequences[i - 1]) + in.nextUnsigned();
    }
    for (var i = 0; i < seconds.length; i++) {
      seconds[i] = (i == 0 ? 0 : seconds[i - 1]) + in.nextSigned();
      nanos[i] = (int) in.nextUnsigned() * Fraction.of(flags[i] >> 4).nanos();
    }
    for (var i = 0; i < flags.length; i++) {
      starts[i + 1] = (int) in.nextUnsigned();
    }
    starts[0] = in.position();
    for (var i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
  }

  int count() {
    return flags.length;
  }

  long sequence(int index) {
    return sequences[index];
  }

  int levelCode(int index) {
    return Codes.levelCode(flags[index]);
  }

  List<Line> lines() {
    var lines = new ArrayList<Line>(count());
    for (var i = 0; i < count(); i++) {
      lines.add(line(i));
    }
    return lines;
  }

  Line line(int index) {
    return new Line(
        job,
        attempt,
        sequences[index],
        Instant.ofEpochSecond(seconds[index], nanos[index]),
        Codes.source(flags[index]),
        Codes.level(flags[index]),
        new String(raw, starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8),
        Codes.complete(flags[index]));
  }

  /** A view of the texts for finding the bytes of another text in them, fast. */
  Texts texts() {
    var from = starts[0];
    return new Texts(new String(raw, from, raw.length - from, StandardCharsets.ISO_8859_1));
  }

  /** Every byte as one character. */
  final class Texts {
    private final String bytes;

    private Texts(String bytes) {
      this.bytes = bytes;
    }

    boolean have(String wanted) {
      return bytes.contains(wanted);
    }

    boolean have(String wanted, int index) {
      return bytes.indexOf(wanted, starts[index] - starts[0], starts[index + 1] - starts[0]) >= 0;
    }
  }
}
