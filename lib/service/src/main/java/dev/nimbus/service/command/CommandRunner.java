package dev.nimbus.service.command;

import java.time.Duration;
import java.util.List;

/** Runs programs of the operating system. Thread-safe. */
public interface CommandRunner {
  /**
   * Runs a program and waits for it. Its standard input is empty; its output and error output are
   * kept together, up to a bound. A program that cannot be started, or does not end in time, is an
   * {@code UNAVAILABLE} failure; one that ends with another code than 0 is not a failure.
   *
   * @param command the program and its arguments, never read by a shell
   */
  Completed run(List<String> command, Duration timeout) throws InterruptedException;

  /** Runs real programs and keeps at most 256 KiB of output. */
  static CommandRunner system() {
    return new SystemCommandRunner();
  }

  /**
   * How a program ended.
   *
   * @param exitCode 128 plus the number of the signal when one ended it
   * @param truncated whether there was more output than was kept
   */
  record Completed(int exitCode, String output, boolean truncated) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }
}
