package dev.nimbus.adapters.logs;

import dev.nimbus.core.log.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns lines into chunks. A chunk before compression is columns, which compress better than rows:
 * the number of lines, then of each line flags, step of the sequence, time and length, then all
 * texts in UTF-8.
 */
final class Packer {
  /** Smaller chunks are cheaper to look into than to summarise. */
  private static final int SUMMARISED_BYTES = 4096;

  private final int chunkBytes;
  private final Zip zip;

  Packer(int chunkBytes, Zip zip) {
    this.chunkBytes = chunkBytes;
    this.zip = zip;
  }

  /** Cuts lines of one attempt into even chunks, each of about the usual size. */
  List<Packed> pack(List<Line> lines) {
    var texts = new ArrayList<byte[]>(lines.size());
    var total = 0L;
    for (var line : lines) {
      var text = line.text().getBytes(StandardCharsets.UTF_8);
      texts.add(text);
      total += text.length;
    }
    var pieces = Math.max(1, (total + chunkBytes / 2) / chunkBytes);
    return cut(lines, texts, (total + pieces - 1) / pieces);
  }

  private List<Packed> cut(List<Line> lines, List<byte[]> texts, long pieceBytes) {
    var chunks = new ArrayList<Packed>();
    var bytes = 0;
    var from = 0;
    for (var i = 0; i < lines.size(); i++) {
      bytes += texts.get(i).length;
      var last = i == lines.size() - 1;
      if (last || (bytes >= pieceBytes && bytes > 0)) {
        chunks.add(chunk(lines.subList(from, i + 1), texts.subList(from, i + 1), bytes));
        bytes = 0;
        from = i + 1;
      }
    }
    return chunks;
  }

  private Packed chunk(List<Line> lines, List<byte[]> texts, int textBytes) {
    var out = new ByteWriter(textBytes + lines.size() * 8 + 16);
    out.putUnsigned(lines.size());
    var extent = putFlags(lines, out);
    putSequences(lines, out);
    putTimes(lines, out);
    texts.forEach(text -> out.putUnsigned(text.length));
    texts.forEach(out::putAll);
    var raw = out.toBytes();
    var filter =
        raw.length < SUMMARISED_BYTES ? new byte[0] : Trigrams.of(raw, raw.length - textBytes);
    return new Packed(
        lines.getFirst().sequence(),
        lines.getLast().sequence(),
        lines.size(),
        extent,
        raw.length,
        filter,
        zip.compress(raw));
  }

  private static Packed.Extent putFlags(List<Line> lines, ByteWriter out) {
    var extent = Packed.Extent.NONE;
    for (var line : lines) {
      var flags = Codes.flags(line) | Fraction.of(line.at()).code() << 4;
      out.put(flags);
      extent = extent.with(line.at().getEpochSecond(), Codes.levelCode(flags));
    }
    return extent;
  }

  private static void putSequences(List<Line> lines, ByteWriter out) {
    var previous = 0L;
    for (var line : lines) {
      out.putUnsigned(line.sequence() - previous);
      previous = line.sequence();
    }
  }

  private static void putTimes(List<Line> lines, ByteWriter out) {
    var previous = 0L;
    for (var line : lines) {
      var second = line.at().getEpochSecond();
      out.putSigned(second - previous);
      out.putUnsigned(Fraction.nanosOf(line.at()) / Fraction.of(line.at()).nanos());
      previous = second;
    }
  }
}
