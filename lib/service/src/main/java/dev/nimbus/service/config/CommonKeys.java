package dev.nimbus.service.config;

import java.nio.file.Path;
import java.util.List;

/** Keys every process knows. */
public final class CommonKeys {
  public static final Key<String> LOG_LEVEL =
      Key.text("log-level", "How much is logged: ERROR, WARN, INFO, DEBUG or TRACE.", "INFO");
  public static final Key<String> LOG_FORMAT =
      Key.text(
          "log-format", "One JSON object per line (json), readable lines (text), or auto.", "auto");
  public static final Key<Path> HOME =
      Key.path("home", "The folder that holds the database, caches, logs and keys.", "");
  public static final Key<Path> CONFIG =
      Key.path("config", "The configuration file; only read from the environment.", "");
  public static final Key<Path> JAVA_HOME =
      Key.path("java-home", "The JDK the launcher uses; only read from the environment.", "");

  private CommonKeys() {}

  public static List<Key<?>> all() {
    return List.of(LOG_LEVEL, LOG_FORMAT, HOME, CONFIG, JAVA_HOME);
  }
}
