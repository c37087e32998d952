package dev.nimbus.core.check;

/**
 * One thing a check found.
 *
 * @param what was looked at, such as {@code may create runners}
 * @param advice what to do about it; empty when all is well
 */
public record Finding(String what, boolean fine, String advice) {
  public static Finding fine(String what) {
    return new Finding(what, true, "");
  }

  public static Finding wrong(String what, String advice) {
    return new Finding(what, false, advice);
  }
}
