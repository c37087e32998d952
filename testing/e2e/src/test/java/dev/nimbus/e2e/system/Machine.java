package dev.nimbus.e2e.system;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.job.JobView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A machine on which {@code nimbus up} runs, and a command line to use it with. */
public final class Machine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cli cli;
  private final Running daemon;
  private final URI url;
  private final ControlPlaneClient client;

  private Machine(Cli cli, Running daemon, URI url) {
    this.cli = cli;
    this.daemon = daemon;
    this.url = url;
    this.client = new ControlPlaneClient(url, this::token);
  }

  /** Starts everything on free ports, with its home below a folder. */
  public static Machine start(Path folder) {
    return start(folder, Map.of());
  }

  /** The same, with a daemon that has more in its environment. */
  public static Machine start(Path folder, Map<String, String> more) {
    var cli = Cli.in(folder).with(more);
    var daemon = up(cli, "--port=0");
    return new Machine(cli, daemon, daemon.awaitReady());
  }

  static Running up(Cli cli, String port) {
    return cli.start("up", port, "--cache-port=0", "--logs-port=0", "--agent-port=0");
  }

  public URI url() {
    return url;
  }

  public ControlPlaneClient client() {
    return client;
  }

  /** What the command line shows to the control plane. */
  String token() {
    return read(cli.folder().resolve("home").resolve("keys").resolve("cli.token"));
  }

  public Cli cli() {
    return cli;
  }

  public Running daemon() {
    return daemon;
  }

  /** Waits for the job that has a word in its command. */
  JobView awaitJob(String word) {
    return Await.value(PATIENCE, () -> "a job with " + word, () -> job(word));
  }

  private Optional<JobView> job(String word) {
    return client.jobs(new Query().with("limit", "100")).items().stream()
        .filter(job -> job.command().stream().anyMatch(part -> part.contains(word)))
        .findFirst();
  }

  /** Waits until no process has a word among its arguments but those that submitted it. */
  void awaitNoProcess(String word) {
    Await.until(
        PATIENCE,
        () -> "the end of the processes " + Leftovers.processes(word),
        () -> Leftovers.processes(word).isEmpty());
  }

  @Override
  public void close() {
    daemon.close();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
