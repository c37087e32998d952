package dev.nimbus.cli.command;

/** The command line cannot be understood. Ends the program with exit code 2. */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message);
  }

  private WrongUsage(String message, Throwable cause) {
    super(message, cause);
  }

  /** An option has a value that is not what it wants. */
  public static WrongUsage of(Option option, String value, String wanted) {
    return new WrongUsage(option.name() + " is '" + value + "', but wants " + wanted);
  }

  static WrongUsage of(Option option, String value, String wanted, Throwable cause) {
    return new WrongUsage(option.name() + " is '" + value + "', but wants " + wanted, cause);
  }
}
