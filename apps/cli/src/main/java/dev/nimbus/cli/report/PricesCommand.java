package dev.nimbus.cli.report;

import dev.nimbus.api.report.PriceView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code nimbus report prices}. */
final class PricesCommand {
  private PricesCommand() {}

  static Command<Shell> command() {
    var manual =
        Manual.of(
            "What the offerings of pools cost, who says so and of which day.",
            "nimbus report prices");
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("prices", manual, grammar, PricesCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) {
    var prices = Target.of(shell, arguments).client().prices();
    Printer.of(shell, arguments).print(prices, () -> table(prices));
    return 0;
  }

  private static Table table(List<PriceView> prices) {
    var table = Table.of("POOL", "OFFERING", "PER HOUR", "FROM", "DATE", "TRUST");
    for (var price : prices) {
      table.row(
          price.pool(),
          price.provider() + "/" + price.place() + "/" + price.type(),
          amount(price),
          price.source() == null ? price.from() : price.from() + ": " + price.source(),
          text(price.date()),
          text(price.trust()));
    }
    return table;
  }

  private static String amount(PriceView price) {
    var dollars = price.dollarsPerHour();
    if (dollars != null) {
      return String.format(Locale.ROOT, "$%.4f", dollars);
    }
    return price.listed() == null
        ? "unknown"
        : String.format(Locale.ROOT, "unknown (%s %.4f)", price.currency(), price.listed());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
