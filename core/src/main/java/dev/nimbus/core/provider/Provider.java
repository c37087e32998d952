package dev.nimbus.core.provider;

import dev.nimbus.core.check.Finding;
import java.time.Duration;
import java.util.List;

/**
 * An account with a place that rents machines. Names are ours, so every call can be repeated
 * safely. What was not answered, or not understood, is a {@code NimbusException}: {@code
 * UNAVAILABLE} where repeating may help. Thread-safe; calls block.
 */
public interface Provider extends AutoCloseable {
  /**
   * Creates the named machine, or finds the one an earlier call of the same spec created: however
   * often and from wherever it is called, there is one machine.
   */
  Launch launch(MachineSpec spec);

  /**
   * Destroys a machine and all that was made for it. One that is already gone is success; so is one
   * that is on its way. A machine that is not this controller's is never touched.
   */
  void terminate(InstanceRef machine);

  /**
   * Every machine of this controller's that exists now, at every place the account is used at; what
   * the reaper believes. One just launched may be missing for some seconds where the provider is
   * slow to know it, never one that is older.
   */
  List<Instance> instances();

  /**
   * The same of a provider whose places answer each for itself: where some are silent, what the
   * others have.
   */
  default Listing listing() {
    return Listing.whole(instances());
  }

  /** How long it may take until {@link #instances} tells what was done just now. */
  default Duration settling() {
    return Duration.ofMinutes(2);
  }

  /** How a machine of this type is paid for. */
  Billing billing(String type);

  /** In which form user data is read here by Linux machines. */
  BootFormat bootFormat();

  /** Calls the provider harmlessly, and says of each thing Nimbus needs whether it is there. */
  List<Finding> check();

  @Override
  void close();
}
