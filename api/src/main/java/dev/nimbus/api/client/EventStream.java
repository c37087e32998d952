package dev.nimbus.api.client;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events as they arrive, per the HTML standard's event stream format. Reading blocks;
 * closing from another thread ends it. Not safe for several readers.
 */
public final class EventStream implements AutoCloseable {
  private final String doing;
  private final Runnable disconnect;
  private final BufferedReader lines;

  EventStream(String doing, InputStream stream, Runnable disconnect) {
    this.doing = doing;
    this.disconnect = disconnect;
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** The next event; empty when the service ended the stream, {@code UNAVAILABLE} when it broke. */
  public Optional<Event> next() {
    var name = "message";
    var id = "";
    var data = new StringBuilder();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            return Optional.of(new Event(name, id, data.substring(1)));
          }
          name = "message";
        } else if (line.startsWith("event:")) {
          name = value(line, 6);
        } else if (line.startsWith("id:")) {
          id = value(line, 3);
        } else if (line.startsWith("data:")) {
          data.append('\n').append(value(line, 5));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, doing + " broke off: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    disconnect.run();
  }

  private static String value(String line, int from) {
    return line.startsWith(" ", from) ? line.substring(from + 1) : line.substring(from);
  }

  /** One event: its name, its id where it has one, and its data. */
  public record Event(String name, String id, String data) {}
}
