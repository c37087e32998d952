package dev.nimbus.core.id;

/**
 * How often a job has been granted. Strictly increases over the whole life of a job, so a write
 * that carries an older fence is known to be stale. Zero means never granted.
 */
public record Fence(long value) implements Comparable<Fence> {
  public static final Fence NONE = new Fence(0);

  public Fence {
    if (value < 0) {
      throw new IllegalArgumentException("Not a fence: " + value);
    }
  }

  public Fence next() {
    return new Fence(value + 1);
  }

  @Override
  public int compareTo(Fence other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
