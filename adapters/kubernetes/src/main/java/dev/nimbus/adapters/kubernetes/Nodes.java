package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.check.Finding;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes that pods of an account may be on, where they may be looked at. */
final class Nodes {
  /** Enough to find some that fit; a check is no inventory. */
  private static final String PATH = "/api/v1/nodes?limit=500";

  private static final String WHAT = "nodes that pods may be on";

  private final ApiServer server;
  private final PodSettings pods;

  Nodes(ApiServer server, PodSettings pods) {
    this.server = server;
    this.pods = pods;
  }

  Finding finding() {
    var listed = server.get(Permission.LIST_PODS, PATH, NodeList.class).getItems();
    var nodes = Objects.requireNonNullElse(listed, List.<Node>of());
    var fitting = nodes.stream().filter(this::fits).toList();
    return fitting.stream()
        .max(Comparator.comparing(node -> amount(node, "cpu")))
        .map(
            largest ->
                Finding.fine(
                    "%s: %d of %d, the largest with cpu=%s and memory=%s for all its pods"
                        .formatted(
                            WHAT,
                            fitting.size(),
                            nodes.size(),
                            written(largest, "cpu"),
                            written(largest, "memory"))))
        .orElseGet(
            () ->
                Finding.wrong(
                    WHAT,
                    "none of %d fits: see options node_selector and tolerations, or wait for the"
                            .formatted(nodes.size())
                        + " autoscaler"));
  }

  private boolean fits(Node node) {
    var labels = map(node.getMetadata().getLabels());
    var selected =
        pods.nodeSelector().entrySet().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    var spec = node.getSpec();
    return selected
        && (spec == null
            || (!Boolean.TRUE.equals(spec.getUnschedulable())
                && Objects.requireNonNullElse(spec.getTaints(), List.<Taint>of()).stream()
                    .allMatch(this::borne)));
  }

  private boolean borne(Taint taint) {
    return "PreferNoSchedule".equals(taint.getEffect())
        || pods.tolerations().stream()
            .anyMatch(
                one ->
                    one.bears(
                        taint.getKey(),
                        Objects.requireNonNullElse(taint.getValue(), ""),
                        taint.getEffect()));
  }

  private static BigDecimal amount(Node node, String resource) {
    return Quantity.getAmountInBytes(allocatable(node).getOrDefault(resource, new Quantity("0")));
  }

  private static String written(Node node, String resource) {
    return allocatable(node).getOrDefault(resource, new Quantity("0")).toString();
  }

  private static Map<String, Quantity> allocatable(Node node) {
    return node.getStatus() == null ? Map.of() : map(node.getStatus().getAllocatable());
  }

  private static <V> Map<String, V> map(@Nullable Map<String, V> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
