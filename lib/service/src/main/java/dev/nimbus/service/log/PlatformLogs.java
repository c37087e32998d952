package dev.nimbus.service.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Brings what libraries log by the platform's own loggers into our log, from warnings up. */
final class PlatformLogs extends Handler {
  private PlatformLogs() {}

  static void forward() {
    LogManager.getLogManager().reset();
    var root = java.util.logging.Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new PlatformLogs());
  }

  @Override
  public void publish(LogRecord record) {
    var name = record.getLoggerName();
    var log = LoggerFactory.getLogger(name == null ? "platform" : name);
    var event =
        record.getLevel().intValue() >= Level.SEVERE.intValue() ? log.atError() : log.atWarn();
    event.setCause(record.getThrown()).log(String.valueOf(record.getMessage()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
