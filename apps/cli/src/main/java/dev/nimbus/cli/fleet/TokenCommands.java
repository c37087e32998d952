package dev.nimbus.cli.fleet;

import dev.nimbus.api.identity.MintToken;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.identity.TokenView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.service.config.Key;
import java.time.Instant;
import java.util.List;

/** {@code nimbus tokens …}. */
public final class TokenCommands {
  private static final Option AUDIENCE =
      new Option(
          List.of("--audience"),
          new Option.Shape.Value("AUDIENCE", List.of("admin", "agent", "service")),
          "What the token is for. Default: admin.");
  private static final Option ORG =
      Option.value("--org", "ORG", "The tenant. Default: that of the token in use.");
  private static final Option SCOPE =
      Option.repeated("--scope", "SCOPE", "What it may do, such as logs:read or every-org.");
  private static final Option TTL =
      Option.value("--ttl", "TIME", "How long it is good, such as 12h or 90d. Default: 1h.");
  private static final Operand SUBJECT =
      Operand.one("SUBJECT", "Who it is for, such as a host or a person.");

  private TokenCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "tokens",
        Manual.of("Make, list and end tokens.", "nimbus tokens list"),
        List.of(mint(), list(), revoke(), rotate()));
  }

  private static Command<Shell> mint() {
    var manual =
        Manual.of(
            "Make a token and print it, once.",
            "nimbus tokens mint build-7 --audience agent --ttl 90d",
            "nimbus tokens mint alice --json");
    var grammar =
        Grammar.of(AUDIENCE, ORG, SCOPE, TTL)
            .and(Format.OPTIONS)
            .and(Target.OPTIONS)
            .taking(SUBJECT);
    return new Command.Leaf<>("mint", manual, grammar, TokenCommands::mint);
  }

  private static int mint(Shell shell, Arguments arguments) {
    var request =
        new MintToken(
            arguments.text(AUDIENCE).orElse("admin"),
            arguments.operand(),
            arguments.text(ORG).orElse(null),
            arguments.texts(SCOPE),
            arguments.text(TTL).map(TokenCommands::seconds).orElse(null));
    var minted = Target.of(shell, arguments).client().mint(request);
    if (Format.of(arguments) == Format.TABLE) {
      shell.out().print(minted.token() + "\n");
      shell.out().flush();
      shell.say("good until " + minted.expiresAt() + "; it is not shown again");
      return 0;
    }
    Printer.of(shell, arguments).print(minted, () -> Table.of("TOKEN"));
    return 0;
  }

  private static long seconds(String text) {
    try {
      return Key.duration("ttl", "", "").parser().apply(text).toSeconds();
    } catch (IllegalArgumentException _) {
      throw WrongUsage.of(TTL, text, "a time such as 12h or 90d");
    }
  }

  private static Command<Shell> list() {
    var manual = Manual.of("Every token that was made, newest first.", "nimbus tokens list");
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("list", manual, grammar, TokenCommands::list);
  }

  private static int list(Shell shell, Arguments arguments) {
    var tokens = Target.of(shell, arguments).client().tokens();
    var now = shell.time().instant();
    Printer.of(shell, arguments).print(tokens, () -> table(tokens, now));
    return 0;
  }

  private static Table table(List<TokenView> tokens, Instant now) {
    var table =
        Table.of("SUBJECT", "AUDIENCE", "ORG", "STATE", "VERSION", "EXPIRES", "BY", "SCOPES");
    for (var token : tokens) {
      table.row(
          token.subject(),
          token.audience(),
          token.org(),
          state(token, now),
          Long.toString(token.version()),
          token.expiresAt().toString(),
          token.issuedBy(),
          String.join(",", token.scopes()));
    }
    return table;
  }

  private static String state(TokenView token, Instant now) {
    if (token.revoked()) {
      return "revoked";
    }
    return token.expiresAt().isAfter(now) ? "good" : "expired";
  }

  private static Command<Shell> revoke() {
    var manual =
        Manual.of(
            "End every token of a subject, at once.",
            "nimbus tokens revoke build-7 --audience agent");
    var grammar = Grammar.of(AUDIENCE, ORG).and(Target.OPTIONS).taking(SUBJECT);
    return new Command.Leaf<>("revoke", manual, grammar, TokenCommands::revoke);
  }

  private static int revoke(Shell shell, Arguments arguments) {
    var audience = arguments.text(AUDIENCE).orElse("admin");
    var request = new RevokeTokens(audience, arguments.operand(), arguments.text(ORG).orElse(null));
    Target.of(shell, arguments).client().revoke(request);
    shell.say("every " + audience + " token of '" + arguments.operand() + "' is revoked");
    return 0;
  }

  private static Command<Shell> rotate() {
    var manual =
        Manual.of(
            "Start signing with a new key; tokens of the old one stay good until they expire.",
            "nimbus tokens rotate");
    return new Command.Leaf<>(
        "rotate", manual, Grammar.NOTHING.and(Target.OPTIONS), TokenCommands::rotate);
  }

  private static int rotate(Shell shell, Arguments arguments) {
    Target.of(shell, arguments).client().rotateKey();
    shell.say("new tokens are signed with a new key");
    return 0;
  }
}
