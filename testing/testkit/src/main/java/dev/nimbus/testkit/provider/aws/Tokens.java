package dev.nimbus.testkit.provider.aws;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What EC2 remembers of client tokens, and moto does not: the same request is answered with what it
 * made, another one with the same token is refused, and so is one whose machine was ended. One at a
 * time; what failed is not remembered.
 */
final class Tokens {
  private record Done(Map<String, String> fields, Said said) {}

  private final Map<String, Done> done = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  synchronized Said once(Asked asked, Supplier<Said> make) {
    var token = asked.action() + " " + asked.field("ClientToken");
    var before = done.get(token);
    if (before == null) {
      var said = make.get();
      if (said.fine()) {
        done.put(token, new Done(meant(asked), said));
      }
      return said;
    }
    if (!before.fields().equals(meant(asked))) {
      return Said.error(
          400,
          "IdempotentParameterMismatch",
          "The client token you have provided is associated with other parameters");
    }
    if (ended.stream().anyMatch(id -> before.said().body().contains(id))) {
      return Said.error(
          400, "IdempotentInstanceTerminated", "The instance of this token was terminated");
    }
    return before.said();
  }

  synchronized void ended(String instance) {
    ended.add(instance);
  }

  synchronized void forget() {
    done.clear();
  }

  private static Map<String, String> meant(Asked asked) {
    return new TreeMap<>(asked.fields());
  }
}
