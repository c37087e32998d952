package dev.nimbus.service.command;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

final class SystemCommandRunner implements CommandRunner {
  private static final int MAX_BYTES = 256 << 10;
  private static final Duration DRAIN = Duration.ofSeconds(1);

  @Override
  public Completed run(List<String> command, Duration timeout) throws InterruptedException {
    var process = start(command);
    var output = new Output(process);
    var reader = Thread.ofVirtual().name("command-output").start(output);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot run '%s': no end within %s".formatted(String.join(" ", command), timeout));
      }
      reader.join(DRAIN);
      return output.completed(process.exitValue());
    } catch (IOException e) {
      throw failed(command, e);
    } finally {
      destroy(process);
    }
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw failed(command, e);
    }
  }

  private static NimbusException failed(List<String> command, IOException e) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot run '" + command.getFirst() + "': " + e.getMessage(), e);
  }

  private static void destroy(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Reads all output and keeps the beginning of it. */
  private static final class Output implements Runnable {
    private final Process process;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile boolean truncated;

    Output(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      var chunk = new byte[8192];
      try (var stream = process.getInputStream()) {
        for (var n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
          keep(chunk, n);
        }
      } catch (IOException e) {
        truncated = true;
      }
    }

    Completed completed(int exitCode) {
      return new Completed(exitCode, kept.toString(StandardCharsets.UTF_8), truncated);
    }

    private void keep(byte[] chunk, int length) {
      var room = Math.min(length, MAX_BYTES - kept.size());
      kept.write(chunk, 0, room);
      truncated |= room < length;
    }
  }
}
