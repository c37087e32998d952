package dev.nimbus.adapters.providers.machine;

/**
 * A host that has room for machines.
 *
 * @param name as a cell's place calls it
 * @param stateDir the folder there in which their state is kept
 * @param slots how many machines it has room for, of all controllers together
 */
public record Place(String name, String stateDir, int slots) {}
