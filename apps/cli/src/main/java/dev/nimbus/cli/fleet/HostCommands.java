package dev.nimbus.cli.fleet;

import dev.nimbus.api.host.HostView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.run.Times;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code nimbus hosts …}. */
public final class HostCommands {
  private HostCommands() {}

  public static Command<Shell> group() {
    var list =
        new Command.Leaf<Shell>(
            "list",
            Manual.of("Every host, what it offers and what of it is taken.", "nimbus hosts list"),
            Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS),
            HostCommands::list);
    var show =
        new Command.Leaf<Shell>(
            "show",
            Manual.of("Everything about one host.", "nimbus hosts show build-1 --json"),
            Grammar.NOTHING
                .and(Format.OPTIONS)
                .and(Target.OPTIONS)
                .taking(Operand.one("HOST", "The host's id.")),
            HostCommands::show);
    return new Command.Group<>(
        "hosts",
        Manual.of("Look at the hosts that run jobs.", "nimbus hosts list"),
        List.of(list, show));
  }

  private static int list(Shell shell, Arguments arguments) {
    var hosts = Target.of(shell, arguments).client().hosts();
    var now = shell.time().instant();
    Printer.of(shell, arguments).print(hosts, () -> table(hosts, now));
    return 0;
  }

  private static int show(Shell shell, Arguments arguments) {
    var id = arguments.operand();
    var host =
        Target.of(shell, arguments).client().hosts().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> new NimbusException(Kind.NOT_FOUND, "There is no host '" + id + "'"));
    Printer.of(shell, arguments).print(host, () -> facts(host, shell.time().instant()));
    return 0;
  }

  private static Table table(List<HostView> hosts, Instant now) {
    var table = Table.of("HOST", "STATE", "JOBS", "CPUS", "MEMORY", "SEEN", "LABELS");
    for (var host : hosts) {
      table.row(
          host.id(),
          state(host),
          host.leases() + "/" + host.slots(),
          number(host.cpusUsed()) + "/" + number(host.cpus()),
          memory(host),
          ago(host.seenAt(), now),
          String.join(",", host.labels()));
    }
    return table;
  }

  private static Table facts(HostView host, Instant now) {
    return Table.of("FIELD", "VALUE")
        .row("host", host.id())
        .row("state", state(host))
        .row("tenant", host.shared() ? "every tenant" : host.org())
        .row("jobs", host.leases() + " of " + host.slots())
        .row("cpus", number(host.cpusUsed()) + " of " + number(host.cpus()))
        .row("memory", memory(host))
        .row("labels", String.join(",", host.labels()))
        .row(
            "reductions",
            host.reductions().isEmpty() ? "none" : String.join(", ", host.reductions()))
        .row("version", host.version())
        .row("registered", host.registeredAt().toString())
        .row("seen", ago(host.seenAt(), now));
  }

  private static String state(HostView host) {
    return host.alive() ? "alive" : "lost";
  }

  private static String memory(HostView host) {
    return gib(host.memoryUsedBytes()) + "/" + gib(host.memoryBytes()) + " GiB";
  }

  private static String gib(long bytes) {
    return number(bytes / (double) (1L << 30));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String ago(Instant at, Instant now) {
    return Times.words(Duration.between(at, now)) + " ago";
  }
}
