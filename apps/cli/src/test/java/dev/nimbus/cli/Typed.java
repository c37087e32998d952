package dev.nimbus.cli;

import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line as it was typed, and what came of it. */
public record Typed(int code, String out, String err) {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** Runs a command line against a control plane, without a terminal. */
  public static Typed at(FakeControlPlane plane, String... words) {
    return in(Map.of("NIMBUS_CONTROL_PLANE_URL", plane.url(), "NIMBUS_TOKEN", "t"), words);
  }

  /** Runs a command line in an environment, without a terminal. */
  public static Typed in(Map<String, String> environment, String... words) {
    return on(Terminal.none(), environment, words);
  }

  /** Runs a command line on a terminal. */
  public static Typed on(Terminal terminal, Map<String, String> environment, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var shell = new Shell(stream(out), stream(err), new HashMap<>(environment), terminal, clock());
    var code = new Nimbus(Commands.program("test")).run(List.of(words), shell);
    return new Typed(code, text(out), text(err));
  }

  private static InstantSource clock() {
    return InstantSource.fixed(NOON);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8);
  }
}
