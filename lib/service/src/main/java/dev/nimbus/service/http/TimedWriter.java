package dev.nimbus.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Tells the connection when a write begins and ends, so that one that never ends is noticed. */
final class TimedWriter implements DataWriter {
  private final DataWriter writer;
  private final Connection connection;

  TimedWriter(DataWriter writer, Connection connection) {
    this.writer = writer;
    this.connection = connection;
  }

  @Override
  public void write(BufferData... buffers) {
    timed(() -> writer.write(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    timed(() -> writer.write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    timed(() -> writer.writeNow(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    timed(() -> writer.writeNow(buffer));
  }

  @Override
  public void flush() {
    timed(writer::flush);
  }

  @Override
  public void close() {
    writer.close();
  }

  private void timed(Runnable write) {
    connection.writing();
    try {
      write.run();
    } finally {
      connection.written();
    }
  }
}
