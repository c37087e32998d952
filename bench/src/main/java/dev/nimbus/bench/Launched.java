package dev.nimbus.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@code nimbus up} of its own, started by the launcher as a user does. */
record Launched(Process process, Path home, double readyMillis) implements AutoCloseable {
  private static final String LAUNCHER = Path.of("nimbus").toAbsolutePath().toString();

  static Launched start() throws IOException {
    var home = Files.createTempDirectory("nimbus-bench");
    var began = System.nanoTime();
    var process =
        new ProcessBuilder(
                command(
                    "up",
                    "--home",
                    home.toString(),
                    "--port",
                    "0",
                    "--cache-port",
                    "0",
                    "--logs-port",
                    "0",
                    "--agent-port",
                    "0"))
            .redirectError(home.resolve("bench.err").toFile())
            .start();
    var said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("nimbus: ready")) {
        return new Launched(process, home, (System.nanoTime() - began) / 1e6);
      }
    }
    throw new IOException("Not ready: " + Files.readString(home.resolve("bench.err")));
  }

  /** Builds what the launcher runs, so that no build is measured. */
  static void build() throws IOException, InterruptedException {
    Timed.run(command("--version"));
  }

  static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(LAUNCHER);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Memory that is its own, plus its share of what it shares with others, in MiB. */
  double pssMebibytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("No Pss of process " + process.pid());
  }

  double cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
