package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An empty cluster as fabric8's mock server plays it. What that (7.9.0) gets wrong, and what is
 * done about it here:
 *
 * <ul>
 *   <li>There is no scheduler. Here one finds a place for every pod at once, unless the pod wants a
 *       node that is nowhere.
 *   <li>That a name is taken has the reason {@code Invalid}. Here it is {@code AlreadyExists}.
 *   <li>A dry run makes things. Here it is answered without.
 *   <li>Preconditions of a deletion are not looked at. Here the id is.
 *   <li>An outline of a secret holds all of it. Here nothing but its names and labels.
 *   <li>Lists have no pages, and never expire. {@code KubePeer} has.
 *   <li>It has no roles, quotas or standards; who asks what one may do, may. Said here.
 *   <li>Nothing is done about what an owner that is gone leaves behind.
 *   <li>Watches are web sockets only, and are not passed on here.
 * </ul>
 */
final class MockCluster implements AutoCloseable {
  static final String NAMESPACE = "runners";
  static final String TOKEN = "token-of-a-service-account";

  private final KubernetesMockServer server;
  private final ApiFront front;
  private final Map<String, String> options = new TreeMap<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  MockCluster() {
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    front = ApiFront.before(URI.create("http://127.0.0.1:" + server.getPort()), this::answered);
    deny("list nodes");
    options.put("namespaces", NAMESPACE);
    options.put("server", front.url().toString());
  }

  ApiFront front() {
    return front;
  }

  /** Who asks whether this is allowed hears that it is not. */
  void deny(String permission) {
    denied.add(permission);
  }

  Provider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The account with some options set otherwise. */
  Provider open(ControllerId controller, Map<String, String> further) {
    var changed = new TreeMap<>(options);
    changed.putAll(further);
    return KubernetesProvider.open(Accounts.account(changed), Map.of("token", TOKEN), controller);
  }

  @Override
  public void close() {
    front.close();
    server.destroy();
  }

  private Said answered(Asked call, Function<Asked, Said> mock) {
    return switch (call.permission()) {
      case "create pods" -> call.says("dryRun") ? Said.of(201, call.body()) : scheduled(call, mock);
      case "create secrets" -> created(call, mock);
      case "create selfsubjectaccessreviews" -> reviewed(call);
      case "delete pods", "delete secrets" -> deleted(call, mock);
      case "get secrets", "list secrets" -> outlined(mock.apply(call));
      default -> mock.apply(call);
    };
  }

  private static Said created(Asked call, Function<Asked, Said> mock) {
    var made = mock.apply(call);
    return made.status() == 409 ? Said.error(409, "AlreadyExists", "it already exists") : made;
  }

  private static Said scheduled(Asked call, Function<Asked, Said> mock) {
    var made = created(call, mock);
    if (!made.fine()) {
      return made;
    }
    var nowhere = call.json().at("/spec/nodeSelector").has("nimbus.invalid/nowhere");
    var condition =
        nowhere
            ? "{\"type\":\"PodScheduled\",\"status\":\"False\",\"reason\":\"Unschedulable\","
                + "\"message\":\"0/3 nodes are available: 3 Insufficient cpu.\"}"
            : "{\"type\":\"PodScheduled\",\"status\":\"True\"}";
    var name = call.json().at("/metadata/name").asString();
    var patched =
        mock.apply(
            new Asked(
                "PATCH",
                call.target() + "/" + name + "/status",
                call.authorization(),
                "",
                "{\"status\":{\"phase\":\"Pending\",\"conditions\":[" + condition + "]}}"));
    if (!patched.fine()) {
      throw new IllegalStateException("The mock does not take a status: " + patched);
    }
    return made;
  }

  private Said reviewed(Asked call) {
    var review = (ObjectNode) call.json();
    var what = review.at("/spec/resourceAttributes");
    var asked = what.path("verb").asString() + " " + what.path("resource").asString();
    review.putObject("status").put("allowed", !denied.contains(asked));
    return Said.of(201, review.toString());
  }

  private static Said deleted(Asked call, Function<Asked, Said> mock) {
    var there = mock.apply(new Asked("GET", call.target(), call.authorization(), "", ""));
    var wanted = call.json().at("/preconditions/uid").asString("");
    if (there.fine()
        && !JsonMapper.shared()
            .readTree(there.body())
            .at("/metadata/uid")
            .asString()
            .equals(wanted)) {
      return Said.error(409, "Conflict", "Precondition failed: UID in precondition: " + wanted);
    }
    return mock.apply(call);
  }

  private static Said outlined(Said said) {
    if (!said.fine()) {
      return said;
    }
    var tree = (ObjectNode) JsonMapper.shared().readTree(said.body());
    tree.remove("data");
    for (var item : tree.path("items")) {
      ((ObjectNode) item).remove("data");
    }
    return Said.of(said.status(), tree.toString());
  }
}
