package dev.nimbus.adapters.logs;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return position;
  }

  int next() {
    return bytes[position++];
  }

  long nextUnsigned() {
    var value = 0L;
    for (var shift = 0; ; shift += 7) {
      var part = bytes[position++];
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  long nextSigned() {
    var value = nextUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }
}
