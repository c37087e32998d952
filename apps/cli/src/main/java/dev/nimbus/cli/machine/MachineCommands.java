package dev.nimbus.cli.machine;

import dev.nimbus.api.machine.MachineView;
import dev.nimbus.api.machine.MakeMachine;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.run.Times;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.service.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code nimbus machines …}. */
public final class MachineCommands {
  private static final Operand MACHINE = Operand.one("MACHINE", "The machine's name.");
  private static final Option GONE = Option.flag("--gone", "Also those that are gone.");

  private static final Option POOL = Option.value("--pool", "POOL", "Of which pool it is to be.");
  private static final Option PLACE =
      Option.value("--place", "PLACE", "Where; the pool's most wanted offering says so otherwise.");
  private static final Option TYPE =
      Option.value("--type", "TYPE", "Of which type; as with the place.");
  private static final Option KEY =
      Option.value("--key", "KEY", "The same key has the same machine, however often it is said.");

  private MachineCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "machines",
        Manual.of(
            "Look at the machines that were made for jobs, and end them.", "nimbus machines list"),
        List.of(
            Leaves.of(
                "list",
                "Every machine, how far its life has come, and why it was made.",
                "nimbus machines list",
                MachineCommands::list,
                GONE),
            Leaves.named(
                "show",
                "Everything about one machine.",
                "nimbus machines show nb-…",
                MACHINE,
                MachineCommands::show),
            Leaves.of(
                "create",
                "Have a machine of a pool made now, beyond what is planned.",
                "nimbus machines create --pool small --key before-the-release",
                MachineCommands::create,
                POOL,
                PLACE,
                TYPE,
                KEY),
            Leaves.named(
                "terminate",
                "Have a machine ended, whatever it does; its job is run again elsewhere.",
                "nimbus machines terminate nb-…",
                MACHINE,
                MachineCommands::terminate)));
  }

  private static int list(Shell shell, Arguments arguments) {
    var machines = Target.of(shell, arguments).client().machines(arguments.has(GONE));
    var now = shell.time().instant();
    Printer.of(shell, arguments).print(machines, () -> table(machines, now));
    return 0;
  }

  private static int show(Shell shell, Arguments arguments) {
    var machine = Target.of(shell, arguments).client().machine(arguments.operand());
    Printer.of(shell, arguments).print(machine, () -> facts(machine));
    return 0;
  }

  private static int create(Shell shell, Arguments arguments) {
    var pool = arguments.text(POOL);
    if (pool.isEmpty()) {
      throw new WrongUsage("--pool is missing: of which pool the machine is to be");
    }
    var wanted =
        new MakeMachine(
            pool.get(), arguments.text(PLACE).orElse(null), arguments.text(TYPE).orElse(null));
    var key = arguments.text(KEY).orElseGet(() -> Ids.random().next("made"));
    var machine = Target.of(shell, arguments).client().makeMachine(wanted, key);
    Printer.of(shell, arguments).print(machine, () -> facts(machine));
    return 0;
  }

  private static int terminate(Shell shell, Arguments arguments) {
    Target.of(shell, arguments).client().terminateMachine(arguments.operand());
    shell.say(
        "machine '" + arguments.operand() + "' is being ended; `nimbus machines show` follows it");
    return 0;
  }

  private static Table table(List<MachineView> machines, Instant now) {
    var table = Table.of("MACHINE", "POOL", "STATE", "WHERE", "AGE", "WHY");
    for (var machine : machines) {
      var reason = machine.endReason() == null ? machine.purpose() : machine.endReason();
      table.row(
          machine.id(),
          machine.pool(),
          state(machine),
          machine.provider() + "/" + machine.place() + "/" + machine.type(),
          Times.words(Duration.between(machine.askedAt(), now)),
          reason);
    }
    return table;
  }

  private static Table facts(MachineView machine) {
    var table =
        Table.of("FIELD", "VALUE")
            .row("machine", machine.id())
            .row("pool", machine.pool())
            .row("state", state(machine))
            .row("provider", machine.provider())
            .row("place", machine.place())
            .row("type", machine.type() + ", " + machine.market())
            .row("image", machine.image())
            .row("provider's id", machine.providerId())
            .row("why made", machine.purpose())
            .row("asked for", machine.askedAt().toString());
    moment(table, "exists since", machine.launchedAt());
    moment(table, "began at", machine.redeemedAt());
    moment(table, "ready since", machine.readyAt());
    moment(table, "ending since", machine.endingAt());
    moment(table, "gone since", machine.goneAt());
    if (machine.endReason() != null) {
      table.row("why ended", machine.endCause() + ": " + machine.endReason());
    }
    if (!machine.report().isEmpty()) {
      table.row("says", machine.report() + " " + machine.reportDetail().strip());
    }
    return table;
  }

  private static void moment(Table table, String name, @Nullable Instant at) {
    if (at != null) {
      table.row(name, at.toString());
    }
  }

  private static String state(MachineView machine) {
    return machine.busy() ? "busy" : machine.stage();
  }
}
