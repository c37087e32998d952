package dev.nimbus.cli;

import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import dev.nimbus.cli.terminal.TerminalSize;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.time.SystemTime;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the process begins and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    var shell = shell();
    var code = new Nimbus(Commands.program(Version.TEXT)).run(List.of(words), shell);
    shell.out().flush();
    shell.err().flush();
    Runtime.getRuntime().halt(code);
  }

  private static Shell shell() {
    var environment = Settings.environment();
    var watched = System.getProperty("nimbus.terminal", "");
    var terminal =
        new Terminal(
            watched.contains("out"),
            watched.contains("err"),
            () -> TerminalSize.columns(environment, CommandRunner.system()));
    return new Shell(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        environment,
        terminal,
        SystemTime.clock());
  }

  /** Jobs print UTF-8 whatever the locale of this terminal says. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8_192),
        false,
        StandardCharsets.UTF_8);
  }
}
