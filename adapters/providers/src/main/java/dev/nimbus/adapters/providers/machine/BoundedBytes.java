package dev.nimbus.adapters.providers.machine;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what is written to it. Thread-safe. */
public final class BoundedBytes extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    if (kept.size() < Shell.MOST_OUTPUT) {
      kept.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, Shell.MOST_OUTPUT - kept.size()));
  }

  /** What was kept. */
  public synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
