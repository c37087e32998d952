package dev.nimbus.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command that was started, and what it has printed so far. */
public record Running(String words, Process process, Path outFile, Path errFile)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String READY = "nimbus: ready ";

  public String out() {
    return new String(outBytes(), StandardCharsets.UTF_8);
  }

  public byte[] outBytes() {
    return bytes(outFile);
  }

  public String err() {
    return new String(bytes(errFile), StandardCharsets.UTF_8);
  }

  /** Waits for the end. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("Still runs: " + this);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + words, e);
    }
  }

  /** Whether a service has said that it is ready. */
  public boolean ready() {
    return address().isPresent();
  }

  /** Waits until a service says where it is. */
  public URI awaitReady() {
    return Await.value(
        PATIENCE,
        () -> "the start of " + this,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("Ended instead of starting: " + this);
          }
          return address();
        });
  }

  private Optional<URI> address() {
    return out()
        .lines()
        .filter(line -> line.startsWith(READY))
        .map(line -> URI.create(line.substring(READY.length())))
        .findFirst();
  }

  /** What Ctrl-C sends. */
  public void interrupt() {
    try {
      var kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("Cannot interrupt " + this);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while sending a signal", e);
    }
  }

  /** Stops it gracefully and waits for the end. */
  public int stop() {
    process.destroy();
    return exitCode();
  }

  /** Ends it at once, without a chance to tidy up. */
  public void kill() {
    process.destroyForcibly();
    var _ = exitCode();
  }

  /** Stops it when it still runs. */
  @Override
  public void close() {
    if (process.isAlive()) {
      var _ = stop();
    }
  }

  @Override
  public String toString() {
    return "nimbus %s (pid %d)%n%s%n%s".formatted(words, process.pid(), tail(out()), tail(err()));
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4_000));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
