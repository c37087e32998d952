package dev.nimbus.cli.daemon;

import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports of {@code nimbus up}: which option and which key say what each is. */
record PortOption(Option option, Key<Integer> key) {
  private static final int MOST = 65_535;

  static List<Option> all() {
    return ports().stream().map(PortOption::option).toList();
  }

  private static List<PortOption> ports() {
    return List.of(
        of(
            "--port",
            "Port of the control plane, 0 for any free one. Default: 8000.",
            ControlPlaneConfig.PORT),
        of("--cache-port", "Port of the cache proxy. Default: 8001.", CacheProxyConfig.PORT),
        of("--logs-port", "Port of the logging pipeline. Default: 8002.", LogPipelineConfig.PORT),
        of(
            "--agent-port",
            "Port of the agent's metrics. Default: 9460.",
            HostAgentConfig.METRICS_PORT));
  }

  private static PortOption of(String name, String description, Key<Integer> key) {
    return new PortOption(Option.value(name, "PORT", description), key);
  }

  /** What the options say, as environment variables. */
  static Map<String, String> given(Arguments arguments) {
    var given = new LinkedHashMap<String, String>();
    for (var port : ports()) {
      if (arguments.has(port.option)) {
        var number = arguments.number(port.option, 0, 0, MOST);
        given.put(port.key.variable(), Integer.toString(number));
      }
    }
    return given;
  }

  /** Refuses to go on when a port is taken, and says how to choose another. */
  static void checkFree(Settings settings) {
    for (var port : ports()) {
      var number = settings.read(port.key);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), number));
      } catch (IOException e) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot listen on port %d: %s. Choose another with %s (0 takes any free one)"
                .formatted(number, e.getMessage(), port.option.name()),
            e);
      }
    }
  }
}
