package dev.nimbus.core.id;

import java.util.regex.Pattern;

/**
 * A machine of ours, wherever it is rented: {@code nb-<controller>-<unique>}. Fit to be the name of
 * a machine at every provider, a host name, and the {@link HostId} of the agent it runs.
 */
public record MachineName(String value) {
  private static final Pattern FORM = Pattern.compile("nb-[a-z][a-z0-9]{7}-[a-z0-9]{8,32}");
  private static final int CONTROLLER_AT = "nb-".length();
  private static final int CONTROLLER_END = CONTROLLER_AT + 8;

  public MachineName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Not a machine name: '"
              + value
              + "' (nb-, the controller's 8 characters, -, 8 to 32 more)");
    }
  }

  /**
   * A name of the controller's.
   *
   * @param unique 8 to 32 of {@code a-z0-9} that no other machine of the controller ever had
   */
  public static MachineName of(ControllerId controller, String unique) {
    return new MachineName("nb-" + controller + "-" + unique);
  }

  /** Whether this is the form of a machine's name. */
  public static boolean fits(String value) {
    return FORM.matcher(value).matches();
  }

  /** The installation it belongs to. */
  public ControllerId controller() {
    return new ControllerId(value.substring(CONTROLLER_AT, CONTROLLER_END));
  }

  /** The host its agent registers as. */
  public HostId host() {
    return new HostId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
