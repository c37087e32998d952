package dev.nimbus.cli.connect;

import dev.nimbus.cli.json.JsonText;
import dev.nimbus.cli.json.JsonWords;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A daemon that runs on this machine, as it wrote itself down.
 *
 * @param startTicks when the kernel says its process started, so that another process with the same
 *     id is not taken for it
 * @param unattended started by {@code nimbus run} and ending by itself
 * @param urls of its services by name: control-plane, cache-proxy, logging-pipeline, host-agent
 */
public record Daemon(
    long pid,
    long startTicks,
    String version,
    String startedAt,
    boolean unattended,
    Map<String, String> urls) {
  public static final String CONTROL_PLANE = "control-plane";

  /** The daemon of a home, when it is there and alive. */
  public static Optional<Daemon> running(Home home) {
    return written(home).filter(daemon -> ticks(daemon.pid) == daemon.startTicks);
  }

  private static Optional<Daemon> written(Home home) {
    try {
      return Optional.of(parse(Files.readString(home.daemonFile())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot read '" + home.daemonFile() + "': " + e.getMessage(), e);
    }
  }

  private static Daemon parse(String document) {
    if (!(JsonText.read(document) instanceof Map<?, ?> file)
        || !(file.get("pid") instanceof Long pid)
        || !(file.get("start_ticks") instanceof Long ticks)
        || !(file.get("urls") instanceof Map<?, ?> named)) {
      throw new IllegalArgumentException("it is not what a daemon writes");
    }
    var urls = new LinkedHashMap<String, String>();
    named.forEach((name, url) -> urls.put(String.valueOf(name), String.valueOf(url)));
    return new Daemon(
        pid,
        ticks,
        String.valueOf(file.get("version")),
        String.valueOf(file.get("started_at")),
        Boolean.TRUE.equals(file.get("unattended")),
        urls);
  }

  /** What is written to the daemon file. */
  public String text() {
    var file = new LinkedHashMap<String, Object>();
    file.put("pid", pid);
    file.put("start_ticks", startTicks);
    file.put("version", version);
    file.put("started_at", startedAt);
    file.put("unattended", unattended);
    file.put("urls", urls);
    return JsonWords.write(file) + "\n";
  }

  public String controlPlane() {
    return urls.getOrDefault(CONTROL_PLANE, "");
  }

  /** When a process started, in the kernel's own unit; -1 when there is none, or it has ended. */
  public static long ticks(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
      return fields[0].equals("Z") ? -1 : Long.parseLong(fields[19]);
    } catch (IOException e) {
      return -1;
    }
  }
}
