package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request by walking its segments through a tree. Literals beat placeholders.
 */
final class RouteTable {
  private final Node root = new Node();

  RouteTable(List<Target> targets) {
    for (var target : targets) {
      add(target);
    }
  }

  /** The target and the values of its placeholders; fails with 404 or 405. */
  Found find(String method, String rawPath) {
    var segments = Encoded.segments(rawPath);
    var values = new ArrayList<String>(4);
    var end = walk(root, segments, 0, values);
    if (end == null) {
      throw new HttpFailure(Problems.reply(Kind.NOT_FOUND, "no-route", "There is nothing here."));
    }
    var target = end.get(method);
    if (target == null && method.equals("HEAD")) {
      target = end.get("GET");
    }
    if (target == null) {
      throw wrongMethod(method, end);
    }
    return new Found(target, values);
  }

  /** A match: the values are in the order of the placeholders. */
  record Found(Target target, List<String> values) {}

  private void add(Target target) {
    var node = root;
    for (var part : target.route().pattern().substring(1).split("/", -1)) {
      if (part.endsWith("...}")) {
        register(node.rest, target);
        return;
      }
      node = node.child(part);
    }
    register(node.here, target);
  }

  private static void register(Map<String, Target> methods, Target target) {
    if (methods.put(target.route().method(), target) != null) {
      throw new IllegalArgumentException(
          "Two routes for %s %s".formatted(target.route().method(), target.route().pattern()));
    }
  }

  private static @Nullable Map<String, Target> walk(
      Node node, List<String> segments, int depth, List<String> values) {
    if (depth == segments.size()) {
      return node.here.isEmpty() ? null : node.here;
    }
    var segment = segments.get(depth);
    var literal = node.literals.get(segment);
    if (literal != null) {
      var end = walk(literal, segments, depth + 1, values);
      if (end != null) {
        return end;
      }
    }
    if (node.any != null && !segment.isEmpty()) {
      var end = walkAny(node.any, segments, depth, values);
      if (end != null) {
        return end;
      }
    }
    return node.rest.isEmpty() ? null : rest(node, segments, depth, values);
  }

  private static @Nullable Map<String, Target> walkAny(
      Node any, List<String> segments, int depth, List<String> values) {
    var mark = values.size();
    values.add(single(segments.get(depth)));
    var end = walk(any, segments, depth + 1, values);
    if (end == null) {
      values.subList(mark, values.size()).clear();
    }
    return end;
  }

  private static Map<String, Target> rest(
      Node node, List<String> segments, int depth, List<String> values) {
    var rest = String.join("/", segments.subList(depth, segments.size()));
    for (var part : rest.split("/", -1)) {
      if (part.isEmpty() || Encoded.isDots(part)) {
        throw Encoded.refused("it has an empty or dot segment");
      }
    }
    values.add(rest);
    return node.rest;
  }

  private static String single(String segment) {
    if (segment.indexOf('/') >= 0) {
      throw Encoded.refused("it has an encoded slash");
    }
    return segment;
  }

  private static HttpFailure wrongMethod(String method, Map<String, Target> end) {
    var allowed = String.join(", ", new TreeSet<>(end.keySet()));
    return new HttpFailure(
        Problems.reply(
                405,
                Kind.INVALID,
                "wrong-method",
                "Cannot %s here; try %s.".formatted(method, allowed))
            .with("Allow", allowed));
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Target> here = new HashMap<>();
    private final Map<String, Target> rest = new HashMap<>();
    private @Nullable Node any;

    Node child(String part) {
      if (!part.startsWith("{")) {
        return literals.computeIfAbsent(part, _ -> new Node());
      }
      var known = any;
      var child = known == null ? new Node() : known;
      any = child;
      return child;
    }
  }
}
