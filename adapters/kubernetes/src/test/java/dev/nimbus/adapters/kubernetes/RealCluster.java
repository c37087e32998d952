package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.kubernetes.KubePeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An empty namespace of {@link KubePeer}, with a node that has room, the role of the documentation
 * given to our user, and a client of the test's own that may do everything.
 */
final class RealCluster implements AutoCloseable {
  private static final String NODE = "test-node";

  private final KubePeer peer;
  private final String namespace;
  private final HttpClient http;
  private final ApiFront front;

  RealCluster(KubePeer peer) {
    this.peer = peer;
    this.namespace = peer.freshNamespace();
    SSLContext trust = Trust.in(peer.authorities());
    this.http = HttpClient.newBuilder().sslContext(trust).build();
    this.front = ApiFront.before(peer.url(), trust);
    make("/api/v1/namespaces", "{'metadata':{'name':'%s'}}".formatted(namespace));
    make(in("serviceaccounts"), "{'metadata':{'name':'default'}}");
    node();
    allow(Page.role().toString());
  }

  String namespace() {
    return namespace;
  }

  ApiFront front() {
    return front;
  }

  /** As operators would open it: encrypted, the authority named. */
  Provider open(ControllerId controller, Map<String, String> further) {
    var options = new TreeMap<String, String>();
    options.put("namespaces", namespace);
    options.put("server", peer.url().toString());
    options.put("ca_certificate", peer.authorities());
    options.putAll(further);
    return KubernetesProvider.open(
        Accounts.account(options), Map.of("token", peer.user()), controller);
  }

  Provider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The same through what can be made to fail. */
  Provider openBehindFront(ControllerId controller, Map<String, String> further) {
    var options = new TreeMap<String, String>();
    options.put("namespaces", namespace);
    options.put("server", front.url().toString());
    options.putAll(further);
    return KubernetesProvider.open(
        Accounts.account(options), Map.of("token", peer.user()), controller);
  }

  /** Where things of a kind are in this namespace. */
  String in(String kind) {
    return "/api/v1/namespaces/" + namespace + "/" + kind;
  }

  /**
   * Makes something; what is there stays as it is.
   *
   * @param json with ' for "
   */
  JsonNode make(String path, String json) {
    return asked("POST", path, json, "application/json", 409);
  }

  /** Changes something. */
  JsonNode change(String path, String json) {
    return asked("PATCH", path, json, "application/merge-patch+json", 0);
  }

  JsonNode look(String path) {
    return asked("GET", path, "", "application/json", 404);
  }

  JsonNode delete(String path) {
    return asked("DELETE", path, "", "application/json", 404);
  }

  /** Gives our user a role in the namespace, and no other. */
  void allow(String role) {
    var rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    delete(rbac + "/roles/nimbus");
    make(rbac + "/roles", role);
    make(
        rbac + "/rolebindings",
        "{'metadata':{'name':'nimbus'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
            + "'kind':'Role','name':'nimbus'},'subjects':[{'kind':'User','name':'nimbus',"
            + "'apiGroup':'rbac.authorization.k8s.io'}]}");
  }

  @Override
  public void close() {
    front.close();
    delete("/api/v1/namespaces/" + namespace);
    http.close();
  }

  private void node() {
    make(
        "/api/v1/nodes",
        "{'metadata':{'name':'%s','labels':{'kubernetes.io/os':'linux','disk':'nvme'}}}"
            .formatted(NODE));
    change(
        "/api/v1/nodes/" + NODE + "/status",
        "{'status':{'allocatable':{'cpu':'400','memory':'800Gi','ephemeral-storage':'4Ti',"
            + "'pods':'1000'},'capacity':{'cpu':'400','memory':'800Gi','ephemeral-storage':'4Ti',"
            + "'pods':'1000'},'conditions':[{'type':'Ready','status':'True'}]}}");
    change("/api/v1/nodes/" + NODE, "{'spec':{'taints':null}}");
  }

  private JsonNode asked(String method, String path, String json, String type, int besides) {
    var request =
        HttpRequest.newBuilder(peer.url().resolve(path))
            .method(method, BodyPublishers.ofString(json.replace('\'', '"')))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + peer.admin())
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300 && answer.statusCode() != besides) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for " + path, e);
    }
  }
}
