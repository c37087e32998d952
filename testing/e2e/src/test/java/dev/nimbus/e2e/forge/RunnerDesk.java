package dev.nimbus.e2e.forge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.testkit.forge.FakeForge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands behind a program that stands for a forge's runner: a script in a real sandbox tells it
 * what it was started with, and it does with that what the real program would do at the forge.
 */
final class RunnerDesk implements AutoCloseable {

  private final ForgeKind kind;
  private final FakeForge forge;
  private final HttpServer server;
  private final List<ForgeJobKey> ran = new CopyOnWriteArrayList<>();

  private RunnerDesk(ForgeKind kind, FakeForge forge, HttpServer server) {
    this.kind = kind;
    this.forge = forge;
    this.server = server;
  }

  /** Opens a desk, and puts the program that knows it where a host looks for it. */
  static RunnerDesk open(ForgeKind kind, FakeForge forge, Path tools) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var desk = new RunnerDesk(kind, forge, server);
    server.createContext("/", desk::serve);
    server.start();
    var folder = tools.resolve(kind.tool());
    var program = folder.resolve(kind == ForgeKind.GITHUB ? "bin/Runner.Listener" : kind.tool());
    Files.createDirectories(folder.resolve("externals"));
    Files.createDirectories(program.getParent());
    Files.writeString(program, script(server.getAddress().getPort()));
    for (var path : List.of(tools, folder, program.getParent(), program)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return desk;
  }

  /** Jobs of the forge that were run, in order. */
  List<ForgeJobKey> ran() {
    return List.copyOf(ran);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    var told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var job = run(launch(told));
    exchange.sendResponseHeaders(job.isPresent() ? 200 : 409, -1);
    exchange.close();
  }

  private Optional<ForgeJobKey> run(RunnerLaunch launch) {
    var taken = forge.run(launch);
    taken.ifPresent(forge::finish);
    taken.ifPresent(ran::add);
    return taken;
  }

  private RunnerLaunch launch(String told) {
    var command = new ArrayList<String>();
    var environment = new HashMap<String, String>();
    var files = new HashMap<String, String>();
    for (var line : told.lines().toList()) {
      var parts = line.split(" ", 3);
      switch (parts[0]) {
        case "env" -> environment.put("ACTIONS_RUNNER_INPUT_JITCONFIG", parts[1]);
        case "word" -> command.add(line.substring(5).replace("/run/nimbus/files", "{files}"));
        case "file" -> files.put(parts[1], decoded(parts.length < 3 ? "" : parts[2]));
        default -> throw new IllegalArgumentException("The script said: " + line);
      }
    }
    if (kind == ForgeKind.GITEA) {
      command.add("{files}"); // Where its program was started.
    }
    return new RunnerLaunch(kind, command, environment, files);
  }

  private static String script(int port) {
    return """
        #!/bin/bash
        # Stands for a runner: tells what it was given, and ends as it is told.
        {
          printf 'env %%s\\n' "$ACTIONS_RUNNER_INPUT_JITCONFIG"
          for word in "$@"; do printf 'word %%s\\n' "$word"; done
          shopt -s dotglob nullglob
          for file in /run/nimbus/files/*; do
            printf 'file %%s %%s\\n' "${file##*/}" "$(base64 -w0 "$file")"
          done
        } >/tmp/told
        exec 3<>/dev/tcp/127.0.0.1/%d || exit 9
        printf 'POST / HTTP/1.0\\r\\nContent-Length: %%s\\r\\n\\r\\n' "$(stat -c %%s /tmp/told)" >&3
        cat /tmp/told >&3
        read -r -u 3 _ status _
        echo "runner was answered $status"
        [ "$status" = 200 ]
        """
        .formatted(port);
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
