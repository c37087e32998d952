package dev.nimbus.e2e.simulation;

/** Something happened that must never happen. */
final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenPromise(String what) {
    super(what);
  }

  /** Breaks off the run unless the condition holds. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be one more dependency.
  static void unless(boolean kept, String what, Object... values) {
    if (!kept) {
      throw new BrokenPromise(what.formatted(values));
    }
  }
}
