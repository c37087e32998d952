package dev.nimbus.adapters.logs;

import java.util.Arrays;

/** Bytes that grow, with numbers in as few bytes as they need. */
final class ByteWriter {
  private byte[] bytes;
  private int size;

  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  void put(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putAll(byte[] values) {
    ensure(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  /** Seven bits a byte, lowest first. */
  void putUnsigned(long value) {
    var rest = value;
    while ((rest & ~0x7FL) != 0) {
      put((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  /** Small numbers of either sign take few bytes. */
  void putSigned(long value) {
    putUnsigned((value << 1) ^ (value >> 63));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
