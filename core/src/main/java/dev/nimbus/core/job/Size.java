package dev.nimbus.core.job;

/** How much of a host something needs or has. A thousand milliCpus are one processor. */
public record Size(int milliCpus, long memoryBytes) {
  public static final Size NONE = new Size(0, 0);

  public Size {
    if (milliCpus < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException(
          "A size cannot be negative: " + milliCpus + "m cpu, " + memoryBytes + " bytes");
    }
  }

  public boolean fitsIn(Size available) {
    return milliCpus <= available.milliCpus && memoryBytes <= available.memoryBytes;
  }

  public Size plus(Size other) {
    return new Size(milliCpus + other.milliCpus, memoryBytes + other.memoryBytes);
  }

  /** What is left after taking the other away; never below zero. */
  public Size minus(Size other) {
    return new Size(
        Math.max(0, milliCpus - other.milliCpus), Math.max(0, memoryBytes - other.memoryBytes));
  }
}
