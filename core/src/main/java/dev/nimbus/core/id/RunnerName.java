package dev.nimbus.core.id;

import java.util.Optional;

/**
 * A runner as forges know it. Ours are named after the sandbox they run in, so that registering one
 * can be repeated and a left-over is known for what it is.
 */
public record RunnerName(String value) {
  private static final String OURS = "nimbus-";
  private static final int MAX_LENGTH = 128;

  public RunnerName {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "Not a runner name: '" + value + "' (1 to " + MAX_LENGTH + " characters)");
    }
  }

  public static RunnerName of(SandboxId sandbox) {
    return new RunnerName(OURS + sandbox.job().value() + "-" + sandbox.fence().value());
  }

  /** The sandbox of the runner a forge calls so; empty when it is not one of ours. */
  public static Optional<SandboxId> sandboxOf(String name) {
    var ours = name.startsWith(OURS) && name.length() <= MAX_LENGTH;
    return ours ? new RunnerName(name).sandbox() : Optional.empty();
  }

  /** The sandbox it runs in, when it is one of ours. */
  public Optional<SandboxId> sandbox() {
    var dash = value.lastIndexOf('-');
    if (!value.startsWith(OURS) || dash <= OURS.length()) {
      return Optional.empty();
    }
    try {
      var fence = new Fence(Long.parseLong(value.substring(dash + 1)));
      return Optional.of(new SandboxId(new JobId(value.substring(OURS.length(), dash)), fence));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
