package dev.nimbus.hostagent.ship;

import java.nio.file.Path;

/**
 * What is to be shipped, and where to.
 *
 * @param name for log lines and threads
 * @param folder where the shipment keeps what must outlive the agent; it exists
 * @param mask what must not be in the log, though the console has it
 * @param firstLine of the log, if it has none yet
 * @param whenDone run once the console is of no more use, on any thread
 */
public record Parcel(
    String name,
    Path folder,
    Console console,
    LogSink sink,
    Mask mask,
    String firstLine,
    Runnable whenDone) {}
