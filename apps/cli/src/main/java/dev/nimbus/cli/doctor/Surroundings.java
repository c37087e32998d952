package dev.nimbus.cli.doctor;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The control plane this machine talks to, or the ports it would take. */
record Surroundings(Shell shell, Arguments arguments) {
  private static final Map<String, Integer> PORTS =
      new TreeMap<>(
          Map.of("--port", 8000, "--cache-port", 8001, "--logs-port", 8002, "--agent-port", 9460));

  List<Finding> findings() {
    var target = Target.find(shell, arguments);
    if (target.isEmpty()) {
      var findings = new ArrayList<Finding>();
      var home = Home.of(shell, arguments).folder();
      findings.add(Finding.ok("daemon", "none runs in " + home + "; nimbus up starts one"));
      PORTS.forEach((option, port) -> findings.add(port(option, port)));
      return findings;
    }
    return List.of(reachable(target.get()), token(target.get()));
  }

  private static Finding port(String option, int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return Finding.ok("port " + port, "free");
    } catch (IOException e) {
      return Finding.reduced(
          "port " + port,
          "taken: " + e.getMessage(),
          "nimbus up " + option + "=0 takes any free one");
    }
  }

  private static Finding reachable(Target target) {
    try {
      new TextClient(target.url(), () -> "").get(Paths.READY);
      return Finding.ok("control plane", target.url() + " is ready");
    } catch (NimbusException e) {
      return Finding.problem(
          "control plane", String.valueOf(e.getMessage()), "check its address and its log");
    }
  }

  private static Finding token(Target target) {
    try {
      target.text().get(Paths.JOBS + "?limit=1");
      return Finding.ok("token", "the control plane takes it");
    } catch (NimbusException e) {
      return Finding.problem(
          "token", String.valueOf(e.getMessage()), "nimbus tokens mint makes a new one");
    }
  }
}
