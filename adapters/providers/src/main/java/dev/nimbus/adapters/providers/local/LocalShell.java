package dev.nimbus.adapters.providers.local;

import dev.nimbus.adapters.providers.machine.BoundedBytes;
import dev.nimbus.adapters.providers.machine.Shell;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shell of this host, as a child process that sees nothing of our environment. */
final class LocalShell implements Shell {
  /** Where programs are looked for. */
  static final String PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin";

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final String path;

  LocalShell(String path) {
    this.path = path;
  }

  @Override
  public List<Finding> reach() {
    return List.of();
  }

  @Override
  public Output run(String script, Duration timeout) {
    var process = start();
    try {
      return talk(process, script, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot run a script here: interrupted", e);
    } finally {
      process.destroy();
    }
  }

  @Override
  public void close() {}

  private Process start() {
    var builder = new ProcessBuilder("/bin/sh", "-s").directory(new File("/"));
    builder.environment().clear();
    builder.environment().put("PATH", path);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot run /bin/sh here: " + e.getMessage(), e);
    }
  }

  private static Output talk(Process process, String script, Duration timeout)
      throws InterruptedException {
    var printed = new BoundedBytes();
    var errors = new BoundedBytes();
    var threads =
        List.of(
            pump(process.getInputStream(), printed),
            pump(process.getErrorStream(), errors),
            Thread.ofVirtual().name("script").start(() -> send(script, process.getOutputStream())));
    if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot run a script here: no end within " + timeout);
    }
    for (var thread : threads) {
      thread.join(DRAIN);
    }
    return new Output(printed.text(), errors.text());
  }

  private static Thread pump(InputStream from, OutputStream to) {
    return Thread.ofVirtual().name("script-output").start(() -> copy(from, to));
  }

  /** A stream that breaks off is an answer that is not whole, which its reader notices. */
  private static void copy(InputStream from, OutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      return;
    }
  }

  private static void send(String script, OutputStream to) {
    try (to) {
      to.write(script.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return;
    }
  }
}
