package dev.nimbus.core.provider;

/**
 * What a provider has besides where a machine whose work is over can become another one, on a clean
 * disk, within time that is paid for already. Thread-safe; calls block.
 */
public interface Recycling {
  /**
   * Makes the named machine of one that is there, as {@link Provider#launch} makes it of nothing:
   * however often this is called with the same two, there is one machine of the new name, and its
   * disk was written once. Where the old one is gone, the new one is launched. From the first
   * answer on the old name stands for no machine, and terminating it touches nothing.
   *
   * <p>No provider can hold two callers apart. Whoever calls gives a machine to one spec only,
   * writes that down before, and calls no more {@link Provider#terminate} for the old name.
   *
   * @param ended a machine of the same tenant, place and type, with its provider's id; what runs on
   *     it is cut off
   */
  Launch recycle(InstanceRef ended, MachineSpec spec);
}
