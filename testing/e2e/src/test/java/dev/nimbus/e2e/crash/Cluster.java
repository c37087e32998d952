package dev.nimbus.e2e.crash;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.identity.MintToken;
import dev.nimbus.e2e.system.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Control plane, logging pipeline and one host agent as three processes that find each other again
 * after a death, since their ports stay the same.
 */
final class Cluster implements AutoCloseable {
  private static final String HOST = "crash-host";
  private static final long TOKEN_SECONDS = 86_400;

  private final Path folder;
  private final ControlPlaneClient client;
  private final List<Service> services;

  private Cluster(Path folder, ControlPlaneClient client, List<Service> services) {
    this.folder = folder;
    this.client = client;
    this.services = services;
  }

  static Cluster start(Path folder) throws IOException {
    var ports = freePorts();
    var plane = "http://127.0.0.1:" + ports.get(0);
    var shared =
        Map.of(
            "NIMBUS_PORT",
            ports.get(0).toString(),
            "NIMBUS_LOGS_PORT",
            ports.get(1).toString(),
            "NIMBUS_LOGS_URL",
            "http://127.0.0.1:" + ports.get(1),
            "NIMBUS_AGENT_METRICS_PORT",
            ports.get(2).toString(),
            "NIMBUS_CONTROL_PLANE_URL",
            plane,
            "NIMBUS_JOB_LEASE_TTL",
            "60s",
            "NIMBUS_HOST_ID",
            HOST,
            "NIMBUS_AGENT_ISOLATION_POLICY",
            "allow-reduced");
    var controlPlane = Service.start("control-plane", cli(folder, "plane", shared));
    controlPlane.awaitReady();
    var token = folder.resolve("plane").resolve("home").resolve("keys").resolve("cli.token");
    var client = new ControlPlaneClient(URI.create(plane), () -> read(token));
    var pipeline = Service.start("logging-pipeline", cli(folder, "logs", shared));
    var agent =
        Service.start(
            "host-agent",
            cli(folder, "agent", shared)
                .with(Map.of("NIMBUS_CONTROL_PLANE_TOKEN", agentToken(client))));
    return new Cluster(folder, client, List.of(controlPlane, pipeline, agent));
  }

  private static Cli cli(Path folder, String name, Map<String, String> environment)
      throws IOException {
    return Cli.in(Files.createDirectories(folder.resolve(name))).with(environment);
  }

  private static String agentToken(ControlPlaneClient client) {
    var wanted = new MintToken("agent", HOST, "default", List.of("every-org"), TOKEN_SECONDS);
    return client.mint(wanted).token();
  }

  private static List<Integer> freePorts() throws IOException {
    var local = InetAddress.getLoopbackAddress();
    try (var one = new ServerSocket(0, 1, local);
        var two = new ServerSocket(0, 1, local);
        var three = new ServerSocket(0, 1, local)) {
      return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
    }
  }

  ControlPlaneClient client() {
    return client;
  }

  List<Service> services() {
    return services;
  }

  Service agent() {
    return services.getLast();
  }

  /** Everything below it belongs to the agent. */
  Path agentHome() {
    return folder.resolve("agent").resolve("home").resolve("agent");
  }

  void awaitReady() {
    services.forEach(Service::awaitReady);
  }

  @Override
  public void close() {
    services.reversed().forEach(Service::end);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
