package dev.nimbus.cli.terminal;

import dev.nimbus.service.command.CommandRunner;
import java.time.Duration;
import java.util.Map;

/** Finds out how wide the terminal is: {@code COLUMNS}, or what {@code stty} says, or 80. */
public final class TerminalSize {
  private static final int USUAL = 80;

  private TerminalSize() {}

  /** The columns of the terminal this process is attached to. */
  public static int columns(Map<String, String> environment, CommandRunner runner) {
    var said = number(environment.getOrDefault("COLUMNS", ""));
    return said > 0 ? said : asked(runner);
  }

  private static int asked(CommandRunner runner) {
    try {
      var answer =
          runner.run(java.util.List.of("stty", "-F", "/dev/tty", "size"), Duration.ofSeconds(1));
      var columns = number(answer.output().strip().replaceFirst("^.* ", ""));
      return answer.succeeded() && columns > 0 ? columns : USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    } catch (dev.nimbus.core.error.NimbusException e) {
      return USUAL;
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
