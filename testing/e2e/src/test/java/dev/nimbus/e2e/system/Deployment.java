package dev.nimbus.e2e.system;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.identity.MintToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every service in a process of its own, as on several machines. */
final class Deployment implements AutoCloseable {
  static final Duration CHECK_EVERY = Duration.ofMillis(200);
  static final Duration CHECK_GRACE = Duration.ofSeconds(8);

  private static final String HOST = "separate-host";

  private final Path folder;
  private final Map<String, String> shared;
  private final Deque<Running> services = new ArrayDeque<>();
  private Running controlPlane;

  private Deployment(Path folder, Map<String, String> shared) {
    this.folder = folder;
    this.shared = shared;
    this.controlPlane = service("control-plane", Map.of());
  }

  static Deployment start(Path folder) throws IOException {
    var ports = freePorts();
    var shared = new LinkedHashMap<String, String>();
    shared.put("NIMBUS_PORT", ports.get(0).toString());
    shared.put("NIMBUS_LOGS_PORT", ports.get(1).toString());
    shared.put("NIMBUS_CACHE_PORT", ports.get(2).toString());
    shared.put("NIMBUS_CONTROL_PLANE_URL", "http://127.0.0.1:" + ports.get(0));
    shared.put("NIMBUS_LOGS_URL", "http://127.0.0.1:" + ports.get(1));
    shared.put("NIMBUS_CACHE_URL", "http://127.0.0.1:" + ports.get(2));
    shared.put("NIMBUS_AGENT_METRICS_PORT", "0");
    shared.put("NIMBUS_JOB_LEASE_TTL", "60s");
    shared.put("NIMBUS_HOST_ID", HOST);
    shared.put("NIMBUS_AGENT_ISOLATION_POLICY", "allow-reduced");
    shared.put("NIMBUS_TOKEN_CHECK_EVERY", CHECK_EVERY.toMillis() + "ms");
    shared.put("NIMBUS_TOKEN_CHECK_GRACE", CHECK_GRACE.toMillis() + "ms");
    var deployment = new Deployment(folder, shared);
    deployment.begin();
    return deployment;
  }

  private void begin() {
    controlPlane.awaitReady();
    services.push(service("logging-pipeline", Map.of()));
    services.push(service("cache-proxy", Map.of()));
    var token = mint("agent", HOST);
    services.push(service("host-agent", Map.of("NIMBUS_CONTROL_PLANE_TOKEN", token)));
    services.forEach(Running::awaitReady);
  }

  ControlPlaneClient client() {
    return new ControlPlaneClient(URI.create(url("NIMBUS_CONTROL_PLANE_URL")), this::operator);
  }

  /** The logging pipeline for whoever has this token. */
  LogClient logs(String token) {
    return new LogClient(URI.create(url("NIMBUS_LOGS_URL")), () -> token);
  }

  String mint(String audience, String subject) {
    return client().mint(new MintToken(audience, subject, "default", List.of(), 3_600L)).token();
  }

  /** A job to its end. */
  Running run(String script) {
    return cli("person")
        .with(Map.of("NIMBUS_TOKEN", operator()))
        .run("run", "--url=" + url("NIMBUS_CONTROL_PLANE_URL"), "--", "bash", "-c", script);
  }

  void killControlPlane() {
    controlPlane.kill();
  }

  void startControlPlaneAgain() {
    controlPlane = service("control-plane", Map.of());
    controlPlane.awaitReady();
  }

  @Override
  public void close() {
    services.forEach(Running::close);
    controlPlane.close();
  }

  private String url(String variable) {
    return String.valueOf(shared.get(variable));
  }

  private Running service(String name, Map<String, String> more) {
    return cli(name).with(shared).with(more).start(name);
  }

  private Cli cli(String name) {
    try {
      return Cli.in(Files.createDirectories(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String operator() {
    var home = folder.resolve("control-plane").resolve("home");
    try {
      return Files.readString(home.resolve("keys").resolve("cli.token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> freePorts() throws IOException {
    var local = InetAddress.getLoopbackAddress();
    try (var one = new ServerSocket(0, 1, local);
        var two = new ServerSocket(0, 1, local);
        var three = new ServerSocket(0, 1, local)) {
      return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
    }
  }
}
