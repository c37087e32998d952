package dev.nimbus.api.client;

import dev.nimbus.api.Paths;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.api.log.LogReceipt;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The logging pipeline, for those who write lines and those who read them. Thread-safe. */
public final class LogClient {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Transport transport;

  public LogClient(URI base, Supplier<String> token) {
    this.transport = new Transport(base, token);
  }

  /** Appends lines; when this returns they are durable. Sending them again is harmless. */
  public LogReceipt append(LogBatch batch) {
    return transport.post(Paths.LOGS, batch, LogReceipt.class);
  }

  public Lines query(Query query) {
    return transport.get(Paths.LOGS_QUERY + query, Lines.class);
  }

  /** Events {@code line} with a {@link LogLine}, from after a position on, without end. */
  public EventStream follow(Query query) {
    return transport.events(Paths.LOGS_STREAM + query, "", SILENCE);
  }

  /** Lines, and the cursor that continues them. */
  public record Lines(List<LogLine> items, @Nullable String next) {}
}
