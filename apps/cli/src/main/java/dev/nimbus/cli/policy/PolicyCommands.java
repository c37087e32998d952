package dev.nimbus.cli.policy;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.OrgId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code nimbus policy …}. */
public final class PolicyCommands {
  private static final int DENIED = 1;
  private static final Option POLICY =
      Option.value("--policy", "FILE", "The policy. Default: what job-policy-path names.");
  private static final Option ORG =
      Option.value("--org", "ORG", "The tenant the job belongs to. Default: default.");
  private static final Option FORGE =
      new Option(
          List.of("--forge"),
          new Option.Shape.Value(
              "FORGE", Stream.of(ForgeKind.values()).map(ForgeKind::word).toList()),
          "EVENT is the body of a webhook of this forge about a job, as it was sent.");
  private static final Operand EVENT =
      Operand.one("EVENT", "A file that describes the job in JSON, or the body of a webhook.");

  private PolicyCommands() {}

  /**
   * The commands.
   *
   * @param bodies how to read the bodies of webhooks
   */
  public static Command<Shell> group(WebhookBody bodies) {
    var manual =
        Manual.of(
            "Try the admission policy, and read it in sentences.",
            "nimbus policy explain --policy policy.yaml");
    return new Command.Group<>("policy", manual, List.of(test(bodies), explain()));
  }

  private static Command<Shell> test(WebhookBody bodies) {
    var manual =
        Manual.of(
                "Decide about a job without a control plane: 0 when admitted, 1 when denied.",
                "nimbus policy test event.json --policy policy.yaml",
                "nimbus policy test event.json --json",
                "nimbus policy test delivery.json --forge github")
            .withDetails(
                "EVENT is an object with 'repository' and any of 'labels', 'branch', 'event',"
                    + " 'actor', 'trust' (member, fork or unknown), 'title', 'workflow', 'name',"
                    + " 'owner', 'id', 'attempt', 'link' and 'queued_at'. What is left out is as if"
                    + " the forge did not say it. With --forge it is a webhook's body, which says less"
                    + " than the forge does when it is asked: most do not say whose code a job runs.");
    var grammar = Grammar.of(POLICY, ORG, FORGE, Keys.CONFIG).and(Format.OPTIONS).taking(EVENT);
    return new Command.Leaf<>("test", manual, grammar, (s, a) -> test(s, a, bodies));
  }

  private static int test(Shell shell, Arguments arguments, WebhookBody bodies) {
    var policy = policy(shell, arguments);
    var org = org(arguments);
    var job = job(shell, arguments, bodies);
    var unsure = policy.rules().unsure(org, job);
    var decided = Decided.of(policy.rules().judge(org, job), unsure, policy.revision());
    if (unsure) {
      shell.say("the policy looks at something that the event does not say");
    }
    print(shell, arguments, decided, decided.text());
    return decided.admitted() ? 0 : DENIED;
  }

  private static Command<Shell> explain() {
    var manual =
        Manual.of(
            "The rules in the order they are asked, in sentences; mistakes in the file with lines.",
            "nimbus policy explain",
            "nimbus policy explain --policy policy.yaml --json");
    var grammar = Grammar.of(POLICY, Keys.CONFIG).and(Format.OPTIONS);
    return new Command.Leaf<>("explain", manual, grammar, PolicyCommands::explain);
  }

  private static int explain(Shell shell, Arguments arguments) {
    var explained = Explained.of(policy(shell, arguments));
    print(shell, arguments, explained, explained.text());
    return 0;
  }

  private static void print(Shell shell, Arguments arguments, Object value, String text) {
    if (Format.of(arguments) == Format.TABLE) {
      shell.out().print(text);
      shell.out().flush();
      return;
    }
    Printer.of(shell, arguments).print(value, () -> Table.of("RULE"));
  }

  private static PolicyDocument policy(Shell shell, Arguments arguments) {
    var named = arguments.text(POLICY);
    if (named.isPresent()) {
      return PolicyDocument.load(path(named.get()));
    }
    var settings = Keys.settings(shell, arguments, Map.of());
    var configured = settings.find(ControlPlaneConfig.JOB_POLICY_PATH);
    settings.done();
    if (configured.isEmpty()) {
      shell.say("no policy is named; these are the rules an installation has without one");
    }
    return configured.map(PolicyDocument::load).orElse(PolicyDocument.DEFAULT);
  }

  private static ForgeJob job(Shell shell, Arguments arguments, WebhookBody bodies) {
    var event = EventFile.read(arguments.operand());
    var forge = arguments.text(FORGE);
    return forge.isPresent()
        ? event.announced(ForgeKind.parse(forge.get()), bodies, shell.time().instant())
        : event.described(shell.time().instant());
  }

  private static OrgId org(Arguments arguments) {
    try {
      return arguments.text(ORG).map(OrgId::new).orElse(OrgId.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("--org: " + e.getMessage());
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (java.nio.file.InvalidPathException _) {
      throw WrongUsage.of(POLICY, text, "a file");
    }
  }
}
