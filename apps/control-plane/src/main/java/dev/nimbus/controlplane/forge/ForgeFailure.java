package dev.nimbus.controlplane.forge;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Says in the log that speaking for a connection failed. */
public final class ForgeFailure {
  private ForgeFailure() {}

  /**
   * Begins the line: a warning with the reason; an error with its trace where nobody expects it, so
   * that the fault is ours.
   */
  public static LoggingEventBuilder line(Logger log, Connection connection, RuntimeException e) {
    var expected = e instanceof NimbusException;
    var line =
        log.atLevel(expected ? Level.WARN : Level.ERROR)
            .addKeyValue("connection", connection.name())
            .addKeyValue("org", connection.org())
            .addKeyValue("why", expected ? e.getMessage() : e.toString());
    return expected ? line : line.setCause(e);
  }
}
