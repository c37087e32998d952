package dev.nimbus.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What is logged until {@link Logging#start} is called, and in programs that never call it:
 * warnings, on standard error. Found by the logging library itself, which then looks for no
 * configuration file.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logging.install(context, Level.WARN, new TextLines());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
