package dev.nimbus.cli.daemon;

import dev.nimbus.api.lease.Grant;
import dev.nimbus.cacheproxy.CacheProxy;
import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.controlplane.ControlPlane;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.hostagent.HostAgent;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipeline;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.token.Audience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One service each, for deployments over several machines. */
public final class ServiceCommands {
  private static final Duration LIFETIME = Duration.ofDays(366);

  private ServiceCommands() {}

  public static List<Command<Shell>> all() {
    return List.of(
        command("control-plane", "The queue, its API and the dashboard.", ServiceCommands::plane),
        command("cache-proxy", "The cache that jobs read and write.", ServiceCommands::cache),
        command("logging-pipeline", "Takes in the lines of jobs.", ServiceCommands::logs),
        command("host-agent", "Runs jobs on this machine.", ServiceCommands::agent));
  }

  private static Command<Shell> command(String name, String summary, Service service) {
    var manual =
        Manual.of(
                "Run one service: " + summary,
                "nimbus " + name + " --config /etc/nimbus/nimbus.yaml")
            .withDetails("Every key is in the file or the environment: nimbus config explain.");
    var grammar = Grammar.of(Keys.CONFIG, Home.HOME);
    return new Command.Leaf<>(name, manual, grammar, (s, a) -> run(s, a, service));
  }

  private static int run(Shell shell, Arguments arguments, Service service)
      throws InterruptedException {
    var home = Home.of(shell, arguments);
    var given = Map.of(CommonKeys.HOME.variable(), home.folder().toString());
    var settings = Keys.settings(shell, arguments, given);
    Foreground.log(settings);
    HomeLock.prepare(home);
    var lifetime = new Lifetime(shell);
    return lifetime.live(
        () -> {
          try (var running = service.start(settings, home, shell)) {
            shell.out().print("nimbus: ready " + running.url() + "\n");
            shell.out().flush();
            lifetime.awaitEnd();
          }
        });
  }

  private static Running plane(Settings settings, Home home, Shell shell) {
    var config = ControlPlaneConfig.read(settings, home.folder());
    settings.done();
    var ground = ControlPlane.Ground.open(config, new Metrics(), Ids.random(), shell.time());
    var services = new Grant.Services(config.logsUrl().toString(), config.cacheUrl().toString());
    var service = ControlPlane.start(ground, services);
    var wanted =
        new Issuing.Wanted(
            Audience.ADMIN, "cli", OrgId.DEFAULT, true, Set.of("every-org"), LIFETIME);
    PrivateFile.write(
        home.tokenFile(), ground.issuing().issue(wanted, "nimbus control-plane").token());
    return new Running(config.listenHost(), service.port(), service::close);
  }

  private static Running cache(Settings settings, Home home, Shell shell) {
    var config = CacheProxyConfig.read(settings, home.folder());
    settings.done();
    var service = CacheProxy.start(config, shell.time());
    return new Running(config.host(), service.port(), service::close);
  }

  private static Running logs(Settings settings, Home home, Shell shell) {
    var config = LogPipelineConfig.read(settings, home.folder());
    settings.done();
    var service = LogPipeline.start(config, new Metrics(), shell.time());
    return new Running(config.listenHost(), service.port(), service::close);
  }

  private static Running agent(Settings settings, Home home, Shell shell) {
    var config = HostAgentConfig.read(settings);
    settings.done();
    var service = HostAgent.start(config, HostAgent.executor(config.home()), new Metrics());
    return new Running(config.metricsHost(), service.port(), service::close);
  }

  /** How a service is started. */
  private interface Service {
    Running start(Settings settings, Home home, Shell shell);
  }

  /** A service that was started. */
  private record Running(String host, int port, Runnable end) implements AutoCloseable {
    private String url() {
      return "http://" + host + ":" + port;
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
