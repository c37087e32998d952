package dev.nimbus.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link ServedControlPlane} in a JVM of its own on a fresh database, and ends it. */
record ChildControlPlane(Process process, URI uri, String adminToken, String agentToken)
    implements AutoCloseable {
  /** The host the agent token speaks for. */
  static final String HOST = "h-0";

  /** What the launcher starts services with. */
  static final List<String> SERVICE_FLAGS =
      java.util.Arrays.asList(
          System.getProperty("bench.flags", "-XX:+UseSerialGC -Xms16m -Xmx512m -Xss512k")
              .split(" "));

  static ChildControlPlane start(List<String> jvmFlags) throws IOException {
    return start(jvmFlags, Files.createTempDirectory("nimbus-bench"), "");
  }

  /**
   * Starts in a home of ones own.
   *
   * @param policy a file, or empty for none
   */
  static ChildControlPlane start(List<String> jvmFlags, Path home, String policy)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ServedControlPlane.class.getName(),
            home.toString(),
            "sqlite:" + home.resolve("nimbus.db"),
            policy));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var line = said.readLine();
    if (line == null) {
      throw new IOException("The control plane did not start");
    }
    var words = line.split(" ", 3);
    return new ChildControlPlane(
        process, URI.create("http://127.0.0.1:" + words[0]), words[1], words[2]);
  }

  /** Processor time it has used so far, in milliseconds. */
  long cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  /** Ends it as a machine that loses power would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
