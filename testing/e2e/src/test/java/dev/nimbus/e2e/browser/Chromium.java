package dev.nimbus.e2e.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium of this machine, with a profile of its own that goes when it closes. */
public final class Chromium implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on (ws://[^/]+)(/.*)");
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/local/bin/chromium",
          "/snap/bin/chromium");
  private static final String MISSING =
      "No Chromium on this machine, so the dashboard is not tested (apt-get install chromium)";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path profile;
  private final String authority;
  private final DevTools tools;

  private Chromium(Process process, Path profile, String authority, String path) {
    this.process = process;
    this.profile = profile;
    this.authority = authority;
    this.tools = DevTools.connect(http, URI.create(authority + path), _ -> {});
  }

  /**
   * Starts one. Without a browser the tests are skipped, and in continuous integration they fail.
   */
  public static Chromium start() throws IOException {
    var executable = find();
    if (executable.isEmpty()) {
      skip();
    }
    var profile = Files.createTempDirectory("nimbus-browser-");
    var process = new ProcessBuilder(command(executable.orElseThrow(), profile)).start();
    var listening = LISTENING.matcher(listening(process));
    Assertions.assertTrue(listening.find());
    return new Chromium(process, profile, listening.group(1), listening.group(2));
  }

  /** Opens a tab that shares nothing with any other: cookies and stores begin empty. */
  public Browser open() {
    var context = text(tools.call("Target.createBrowserContext", Map.of()), "browserContextId");
    var params = Map.<String, Object>of("url", "about:blank", "browserContextId", context);
    var target = text(tools.call("Target.createTarget", params), "targetId");
    return Browser.attach(http, URI.create(authority + "/devtools/page/" + target));
  }

  @Override
  public void close() throws IOException {
    var family = process.descendants().toList();
    tools.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(child -> child.onExit().join());
    delete(profile);
  }

  /** Says so in one line, because an aborted test class leaves none of its own. */
  private static void skip() {
    if (new ProcessBuilder().environment().containsKey("CI")) {
      Assertions.fail(MISSING);
    }
    System.err.println("SKIPPED: " + MISSING);
    Assumptions.abort(MISSING);
  }

  private static Optional<String> find() {
    var named = Optional.ofNullable(System.getProperty("nimbus.chromium"));
    return named.or(() -> PLACES.stream().filter(p -> Files.isExecutable(Path.of(p))).findFirst());
  }

  private static List<String> command(String executable, Path profile) {
    return List.of(
        executable,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile,
        "--remote-debugging-port=0",
        "about:blank");
  }

  /** Waits for the line that says where to connect, and keeps reading so that nothing blocks. */
  private static String listening(Process process) {
    var line = new CompletableFuture<String>();
    Thread.ofVirtual().name("chromium-stderr").start(() -> read(process, line));
    return line.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static void read(Process process, CompletableFuture<String> found) {
    var seen = new StringBuilder();
    try (BufferedReader lines = process.errorReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (LISTENING.matcher(line).find()) {
          found.complete(line);
        } else if (!found.isDone()) {
          seen.append(line).append('\n');
        }
      }
      found.completeExceptionally(new IllegalStateException("Chromium ended: " + seen));
    } catch (IOException e) {
      found.completeExceptionally(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(Chromium::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file, e);
    }
  }

  private static String text(Map<String, Object> result, String name) {
    return String.valueOf(result.get(name));
  }
}
