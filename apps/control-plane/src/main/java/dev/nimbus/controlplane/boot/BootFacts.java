package dev.nimbus.controlplane.boot;

import dev.nimbus.core.id.MachineName;
import java.net.URI;
import java.time.Duration;

/**
 * What a machine has to know at its first start.
 *
 * @param controlPlane its address as machines reach it
 * @param ticket spent once for everything else it needs
 * @param maxLife after which it ends by itself
 * @param program where to get Nimbus where the image has none; null to have it there
 * @param whole whether the machine is ours as a whole, and is powered off at the end; otherwise
 *     only what was started ends
 * @param notices the cloud whose metadata service says when it takes the machine back: {@code aws},
 *     {@code gcp} or {@code azure}; empty for none
 */
public record BootFacts(
    MachineName machine,
    URI controlPlane,
    String ticket,
    Duration maxLife,
    @org.jspecify.annotations.Nullable Program program,
    boolean whole,
    String notices) {
  /** Without the ticket. */
  @Override
  public String toString() {
    return "what " + machine + " runs first";
  }

  /**
   * An archive of Nimbus.
   *
   * @param sha256 of its bytes, which are not used otherwise
   */
  public record Program(URI url, String sha256) {
    public Program {
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "Not a SHA-256 of the program at " + url + ": '" + sha256 + "' (64 of 0-9 and a-f)");
      }
    }
  }
}
