package dev.nimbus.adapters.forges.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** What forges might send instead of what they send. */
public final class Documents {
  private Documents() {}

  /** The same document with one value, somewhere, replaced. */
  public static Object changed(Map<?, ?> fields, Object odd, Random random) {
    if (fields.isEmpty() || random.nextInt(4) == 0) {
      return odd;
    }
    var copy = new LinkedHashMap<Object, Object>(fields);
    var keys = new ArrayList<>(fields.keySet());
    var key = keys.get(random.nextInt(keys.size()));
    copy.put(key, fields.get(key) instanceof Map<?, ?> inner ? changed(inner, odd, random) : odd);
    return copy;
  }
}
