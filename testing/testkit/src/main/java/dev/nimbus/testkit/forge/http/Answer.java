package dev.nimbus.testkit.forge.http;

import dev.nimbus.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** What is answered. */
@SuppressWarnings("ArrayRecordComponent") // Written once; never compared.
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final String TYPE = "Content-Type";
  private static final String JSON = "application/json;charset=utf-8";

  public static Answer of(int status, Object body) {
    return new Answer(status, Map.of(TYPE, JSON), Json.write(body));
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  public static Answer bytes(int status, String type, byte[] body) {
    return new Answer(status, Map.of(TYPE, type), body);
  }

  /** Nothing: the connection ends instead, as if the answer was lost on the way. */
  public static Answer none() {
    return empty(0);
  }

  boolean lost() {
    return status == 0;
  }

  public Answer with(String name, Object value) {
    var all = new TreeMap<>(headers);
    all.put(name, value.toString());
    return new Answer(status, all, body);
  }
}
