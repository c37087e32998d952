package dev.nimbus.cli.machine;

import dev.nimbus.api.machine.OfferingBody;
import dev.nimbus.api.machine.PoolMatch;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code nimbus pool …} and {@code nimbus match}. */
public final class PoolCommands {
  private static final Operand NAME = Operand.one("NAME", "The pool's name.");
  private static final Option LABELS =
      Option.value("--labels", "LABELS", "What a job asks for, with commas between.");

  private PoolCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "pool",
        Manual.of("Look at the pools machines are made for.", "nimbus pool list"),
        List.of(
            Leaves.of("list", "Every pool.", "nimbus pool list", PoolCommands::list),
            Leaves.named(
                "show",
                "Everything about one pool.",
                "nimbus pool show linux",
                NAME,
                PoolCommands::show),
            Leaves.named(
                "remove",
                "Forget a pool; its idle machines end, busy ones after their job.",
                "nimbus pool remove linux",
                NAME,
                PoolCommands::remove)));
  }

  public static Command<Shell> match() {
    return Leaves.of(
        "match",
        "Which pools would serve a job with these labels, and why not the others.",
        "nimbus match --labels linux,cpus:4",
        PoolCommands::match,
        LABELS);
  }

  private static int list(Shell shell, Arguments arguments) {
    var pools = Target.of(shell, arguments).client().pools();
    Printer.of(shell, arguments).print(pools, () -> table(pools));
    return 0;
  }

  private static int show(Shell shell, Arguments arguments) {
    var pool = Target.of(shell, arguments).client().pool(arguments.operand());
    Printer.of(shell, arguments).print(pool, () -> facts(pool));
    return 0;
  }

  private static int remove(Shell shell, Arguments arguments) {
    Target.of(shell, arguments).client().removePool(arguments.operand());
    shell.say("pool '" + arguments.operand() + "' is forgotten");
    return 0;
  }

  /** As scripts want it: 0 when some pool would serve, 1 when none. */
  private static int match(Shell shell, Arguments arguments) {
    var labels =
        arguments
            .text(LABELS)
            .orElseThrow(() -> new WrongUsage("--labels is missing: what the job asks for"));
    var matches = Target.of(shell, arguments).client().matchPools(List.of(labels.split(",")));
    Printer.of(shell, arguments).print(matches, () -> matches(matches));
    return matches.stream().anyMatch(PoolMatch::serves) ? 0 : 1;
  }

  private static Table matches(List<PoolMatch> matches) {
    var table = Table.of("POOL", "SERVES", "WHY");
    matches.forEach(one -> table.row(one.pool(), one.serves() ? "yes" : "no", one.why()));
    return table;
  }

  private static Table table(List<PoolView> pools) {
    var table = Table.of("POOL", "MAX", "IDLE", "LABELS", "OFFERINGS");
    for (var pool : pools) {
      table.row(
          pool.name(),
          Integer.toString(pool.pool().max()),
          String.valueOf(pool.pool().minIdle()),
          labels(pool),
          pool.pool().offerings().stream()
              .map(PoolCommands::offering)
              .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static Table facts(PoolView pool) {
    var body = pool.pool();
    var table =
        Table.of("FIELD", "VALUE")
            .row("name", pool.name())
            .row("labels", labels(pool))
            .row("max", Integer.toString(body.max()))
            .row("min idle", String.valueOf(body.minIdle()))
            .row("warm", String.valueOf(body.warm()))
            .row("idle grace", body.idleGraceSeconds() + " s")
            .row("max life", body.maxLifeSeconds() + " s")
            .row("budget", body.budgetDollars() == null ? "none" : dollars(body.budgetDollars()))
            .row("spent this month", spent(pool));
    body.offerings().forEach(one -> table.row("offering", offering(one)));
    return table.row("changed", pool.changedAt().toString());
  }

  /** With a word where people wanted to be told. */
  private static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }

  private static String spent(PoolView pool) {
    var spent = pool.spentDollars();
    var hard = pool.pool().budgetDollars();
    var warning = pool.pool().budgetWarningDollars();
    var amount = dollars(spent);
    if (hard != null && spent >= hard) {
      return amount + ": the budget is spent, no machine is made";
    }
    return warning != null && spent >= warning
        ? amount + ": beyond the " + dollars(warning) + " to be told of"
        : amount;
  }

  private static String labels(PoolView pool) {
    return pool.pool().labels() == null ? "" : String.join(",", pool.pool().labels());
  }

  private static String offering(OfferingBody offering) {
    return offering.provider() + "/" + offering.place() + "/" + offering.type();
  }
}
