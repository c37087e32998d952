package dev.nimbus.adapters.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL run by root as nobody, which is what helps where root may not make user namespaces.
 * It takes the programs that came with the tests, or else those of the machine.
 */
final class UnprivilegedPostgres {
  private static final int NOBODY = 65_534;

  private final Path programs;
  private final Path home;
  private final int port;

  private UnprivilegedPostgres(Path programs, Path home, int port) {
    this.programs = programs;
    this.home = home;
    this.port = port;
  }

  /** Starts a server that ends with this process and returns its port. */
  static int start(List<String> settings) throws IOException, InterruptedException {
    var home = Files.createTempDirectory("nimbus-postgres");
    Files.setAttribute(home, "unix:uid", NOBODY);
    var server = new UnprivilegedPostgres(programs(), home, freePort());
    server.initialize();
    server.run(settings);
    return server.port;
  }

  private void initialize() throws IOException, InterruptedException {
    var initdb = command("initdb", "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8");
    if (initdb.start().waitFor() != 0) {
      throw new IOException("initdb failed: " + initdb.command());
    }
  }

  private void run(List<String> settings) throws IOException {
    var arguments = new ArrayList<>(List.of("-D", data(), "-p", Integer.toString(port), "-k", ""));
    settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    var process = command("postgres", arguments.toArray(String[]::new)).start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
  }

  private String data() {
    return home.resolve("data").toString();
  }

  /** Stops the server without waiting for its clients, and removes its files. */
  private void end(Process process) {
    var script = "kill -QUIT $0; while kill -0 $0; do sleep 0.1; done 2>/dev/null; rm -rf $1";
    try {
      new ProcessBuilder("sh", "-c", script, Long.toString(process.pid()), home.toString()).start();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder command(String program, String... arguments) {
    var id = Integer.toString(NOBODY);
    var words = new ArrayList<>(List.of("setpriv", "--reuid", id, "--regid", id));
    words.addAll(List.of("--clear-groups", programs.resolve(program).toString()));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static Path programs() throws IOException {
    var unpacked = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
    for (var parent : List.of(unpacked, Path.of("/usr/lib/postgresql"))) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> versions = Files.list(parent)) {
          var found =
              versions
                  .map(version -> version.resolve("bin"))
                  .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                  .findFirst();
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
    }
    throw new IOException("There is no PostgreSQL in " + unpacked + " or /usr/lib/postgresql");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
