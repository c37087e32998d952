package dev.nimbus.service.config;

import java.util.List;

/** A configuration that cannot be used: every problem at once. Ends a process with exit code 2. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigException(List<String> problems) {
    super("Cannot use this configuration:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One whole sentence each. */
  public List<String> problems() {
    return problems;
  }
}
