package dev.nimbus.testkit.provider.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenSSH's own server on a port of the loopback interface, with keys of its own. */
public final class Sshd implements AutoCloseable {
  private static final int TRIES = 5;

  private final Path folder;
  private final List<String> further;
  private String path = "";
  private int port;
  private @Nullable Process process;

  private Sshd(Path folder, List<String> further) {
    this.folder = folder;
    this.further = further;
  }

  /** Starts one that lets in whoever has the key {@code user}, and knows no passwords. */
  public static Sshd start(Path folder, String... further) throws IOException {
    Files.createDirectories(folder);
    key(folder, "host", "");
    key(folder, "user", "");
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
    var sshd = new Sshd(folder, List.of(further));
    sshd.listen();
    return sshd;
  }

  /** Makes a pair of keys. */
  public static void key(Path folder, String name, String passphrase) {
    run(
        "ssh-keygen",
        "-q",
        "-t",
        "ed25519",
        "-N",
        passphrase,
        "-C",
        name,
        "-f",
        folder.resolve(name).toString());
  }

  /** Has it look for programs here, once it is started again. */
  public void path(String folders) {
    path = folders;
  }

  /** How to reach it: user, address and port. */
  public String host() {
    return "%s@127.0.0.1:%d".formatted(System.getProperty("user.name"), port);
  }

  /** Address and port. */
  public String place() {
    return "127.0.0.1:" + port;
  }

  /** A line that pins its key. */
  public String knownHost() {
    return knownHost(folder.resolve("host.pub"));
  }

  /** A line that says the key in a file is this server's. */
  public String knownHost(Path publicKey) {
    return "[127.0.0.1]:%d %s".formatted(port, text(publicKey));
  }

  /** Of its key. */
  public String fingerprint() {
    return run("ssh-keygen", "-lf", folder.resolve("host.pub").toString()).split(" ", -1)[1];
  }

  /** What lets in. */
  public String privateKey() {
    return text(folder.resolve("user"));
  }

  /** Kills the server with all its connections, but nothing that was begun by them. */
  public void kill() {
    var servers = new ArrayList<ProcessHandle>();
    var server = Objects.requireNonNull(process);
    servers.add(server.toHandle());
    server
        .descendants()
        .filter(one -> one.info().command().orElse("").contains("sshd"))
        .forEach(servers::add);
    servers.forEach(ProcessHandle::destroyForcibly);
    servers.forEach(one -> one.onExit().join());
  }

  /** Starts it again, on the same port. */
  public void restart(String... options) throws IOException {
    if (!begin(List.of(options))) {
      throw new IOException("sshd does not listen on " + port + " again");
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void listen() throws IOException {
    for (var i = 0; i < TRIES; i++) {
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      if (begin(further)) {
        return;
      }
    }
    throw new IOException("sshd does not listen");
  }

  private boolean begin(List<String> options) throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    var config = folder.resolve("config");
    var lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PermitRootLogin prohibit-password",
                "KbdInteractiveAuthentication no",
                "MaxStartups 100"));
    if (options.stream().noneMatch(line -> line.startsWith("PasswordAuthentication"))) {
      lines.add("PasswordAuthentication no");
    }
    // A home without files of its user, whatever the shell is.
    var home = "SetEnv HOME=" + folder + (path.isEmpty() ? "" : " PATH=" + path);
    lines.add(home);
    lines.addAll(options);
    Files.write(config, lines);
    var started =
        new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .start();
    process = started;
    var log =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    for (var line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith("Server listening on")) {
        Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
        return true;
      }
    }
    return false;
  }

  private static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("Cannot run " + List.of(command) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + List.of(command), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
