package dev.nimbus.cli.fleet;

import dev.nimbus.api.host.OrgLimitsBody;
import dev.nimbus.api.host.OrgView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.List;

/** {@code nimbus orgs …}. */
public final class OrgCommands {
  private static final int MOST = 10_000_000;
  private static final Option RUNNING =
      Option.value("--max-running", "N", "Jobs of the tenant that may run at once.");
  private static final Option REPOSITORY =
      Option.value("--max-running-per-repository", "N", "Of these, how many of one repository.");
  private static final Option WAITING =
      Option.value("--max-waiting", "N", "Jobs of the tenant that may wait.");

  private OrgCommands() {}

  public static Command<Shell> group() {
    var list =
        new Command.Leaf<Shell>(
            "list",
            Manual.of("Every tenant, what it may hold and what it holds.", "nimbus orgs list"),
            Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS),
            OrgCommands::list);
    var limit =
        new Command.Leaf<Shell>(
            "limit",
            Manual.of(
                "Change what a tenant may hold at once; limits not named stay as they are.",
                "nimbus orgs limit acme --max-running 20 --max-running-per-repository 5"),
            Grammar.of(RUNNING, REPOSITORY, WAITING)
                .and(Format.OPTIONS)
                .and(Target.OPTIONS)
                .taking(Operand.one("ORG", "The tenant's id.")),
            OrgCommands::limit);
    return new Command.Group<>(
        "orgs",
        Manual.of("Look at tenants and limit them.", "nimbus orgs list"),
        List.of(list, limit));
  }

  private static int list(Shell shell, Arguments arguments) {
    var orgs = Target.of(shell, arguments).client().orgs();
    Printer.of(shell, arguments).print(orgs, () -> table(orgs));
    return 0;
  }

  private static int limit(Shell shell, Arguments arguments) {
    var client = Target.of(shell, arguments).client();
    var before = find(client.orgs(), arguments.operand());
    var limits =
        new OrgLimitsBody(
            arguments.number(RUNNING, before.maxRunning(), 0, MOST),
            arguments.number(REPOSITORY, before.maxRunningPerRepository(), 0, MOST),
            arguments.number(WAITING, before.maxWaiting(), 0, MOST));
    client.limit(before.id(), limits);
    var after = find(client.orgs(), before.id());
    Printer.of(shell, arguments).print(after, () -> table(List.of(after)));
    return 0;
  }

  private static OrgView find(List<OrgView> orgs, String id) {
    return orgs.stream()
        .filter(org -> org.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NimbusException(Kind.NOT_FOUND, "There is no tenant '" + id + "'"));
  }

  private static Table table(List<OrgView> orgs) {
    var table = Table.of("ORG", "RUNNING", "WAITING", "PER REPOSITORY");
    for (var org : orgs) {
      table.row(
          org.id(),
          org.running() + " of " + org.maxRunning(),
          org.waiting() + " of " + org.maxWaiting(),
          "at most " + org.maxRunningPerRepository());
    }
    return table;
  }
}
