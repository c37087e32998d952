package dev.nimbus.cli.terminal;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a command runs: what it writes to, and what it may know of its surroundings. Results go to
 * {@code out}, everything said to a person beside them to {@code err}.
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Terminal terminal,
    InstantSource time) {
  public Shell {
    environment = Map.copyOf(environment);
  }

  /** The value of an environment variable, or nothing when it is unset or empty. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Says one line to the person, marked as ours. */
  public void say(String line) {
    err.print("nimbus: " + line + "\n");
    err.flush();
  }

  /** Whether results may be coloured. */
  public boolean colour() {
    return terminal.out() && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
  }
}
