package dev.nimbus.cli.daemon;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** {@code nimbus status}: what runs, where, and how it is. */
public final class StatusCommand {
  private StatusCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of("What runs, where, and how it is.", "nimbus status", "nimbus status --json")
            .withDetails("Exits with 1 when nothing runs or something is not ready.");
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("status", manual, grammar, StatusCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) {
    var home = Home.of(shell, arguments);
    var target = Target.find(shell, arguments);
    if (target.isEmpty()) {
      shell.say("no daemon runs in " + home.folder() + " (start one with nimbus up)");
      return 1;
    }
    var daemon =
        Daemon.running(home)
            .filter(one -> one.controlPlane().equals(target.get().url().toString()));
    var urls =
        daemon
            .map(Daemon::urls)
            .orElse(Map.of(Daemon.CONTROL_PLANE, target.get().url().toString()));
    var services = urls.entrySet().stream().map(e -> look(e.getKey(), e.getValue())).toList();
    var status = new Status(daemon.map(Daemon::pid).orElse(0L), services, facts(target.get()));
    Printer.of(shell, arguments).print(status, () -> table(status));
    return services.stream().allMatch(ServiceLine::ready) ? 0 : 1;
  }

  private static ServiceLine look(String name, String url) {
    try {
      new TextClient(URI.create(url), () -> "").get(Paths.READY);
      return new ServiceLine(name, url, "ready", "");
    } catch (NimbusException e) {
      return new ServiceLine(name, url, "problem", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> facts(Target target) {
    try {
      return target.client().status().facts();
    } catch (NimbusException e) {
      return Map.of("problem", String.valueOf(e.getMessage()));
    }
  }

  private static Table table(Status status) {
    var table = Table.of("SERVICE", "STATE", "WHERE", "DETAIL");
    status.services().forEach(s -> table.row(s.service(), s.state(), s.url(), s.detail()));
    status.facts().forEach((name, value) -> table.row(name, "", "", value));
    return table;
  }

  /**
   * What runs.
   *
   * @param pid of the daemon on this machine, 0 when it is elsewhere
   */
  private record Status(long pid, List<ServiceLine> services, Map<String, String> facts) {}

  private record ServiceLine(String service, String url, String state, String detail) {
    private boolean ready() {
      return state.equals("ready");
    }
  }
}
