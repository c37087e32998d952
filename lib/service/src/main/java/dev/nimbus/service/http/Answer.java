package dev.nimbus.service.http;

import java.util.List;
import java.util.Map;

/** One way in which a route answers when it does what it is asked. */
public record Answer(int status, Content content) {
  /** What it answers with. */
  public sealed interface Content {}

  /** The status alone. */
  public record Nothing() implements Content {}

  /**
   * A record as JSON.
   *
   * @param arguments what stands for its type parameters
   */
  public record Json(Class<?> type, List<Class<?>> arguments) implements Content {
    public Json {
      arguments = List.copyOf(arguments);
    }
  }

  /** Bytes of this media type. */
  public record Bytes(String mediaType) implements Content {}

  /** Server-sent events: by its name, the record each carries as JSON. */
  public record Events(Map<String, Class<?>> types) implements Content {}
}
