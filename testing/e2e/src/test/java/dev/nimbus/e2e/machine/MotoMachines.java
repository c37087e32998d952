package dev.nimbus.e2e.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nimbus.testkit.provider.aws.Moto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Plays the machines of a moto, which has none: runs the script in the user data of each as a
 * process, kills the process of one that is terminated, and terminates the machine of one whose
 * script has ended, as a machine that powers itself off is.
 */
final class MotoMachines implements AutoCloseable {
  private static final Pattern INSTANCE =
      Pattern.compile(
          "<instanceId>(i-[0-9a-f]+)</instanceId>.*?<instanceState>.*?<name>([a-z-]+)</name>",
          Pattern.DOTALL);
  private static final Pattern USER_DATA = Pattern.compile("<value>([A-Za-z0-9+/=\\s]+)</value>");

  private final Moto moto;
  private final Path folder;
  private final Path program;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Process> playing = new HashMap<>();
  private final Map<String, String> userData = new HashMap<>();

  MotoMachines(Moto moto, Path folder, Path program) {
    this.moto = moto;
    this.folder = folder;
    this.program = program;
  }

  /** The first of what a call lists. */
  String first(String action, Pattern what) {
    return all(ask(action, Map.of()), what).getFirst();
  }

  /** What the machines there ever were have been told to run. */
  List<String> userData() {
    return List.copyOf(userData.values());
  }

  /** What machines printed and logged, for a test that fails. */
  String consoles() {
    var all = new StringBuilder();
    for (var id : playing.keySet()) {
      for (var file : List.of("console", "machine/boot.log")) {
        all.append(id).append(' ').append(file).append(":\n").append(read(id, file));
      }
    }
    return all.toString();
  }

  private String read(String id, String file) {
    try {
      return Files.readString(folder.resolve(id).resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** One look at what there is. */
  void step() {
    var found = INSTANCE.matcher(ask("DescribeInstances", Map.of()));
    while (found.find()) {
      var id = found.group(1);
      var running = found.group(2).equals("running");
      if (running && !playing.containsKey(id)) {
        playing.put(id, boot(id));
      } else if (playing.containsKey(id)) {
        goOn(id, running, playing.get(id));
      }
    }
  }

  private void goOn(String id, boolean running, Process process) {
    if (!running) {
      process.destroyForcibly();
    } else if (!process.isAlive()) {
      ask("TerminateInstances", Map.of("InstanceId.1", id));
    }
  }

  @Override
  public void close() {
    playing.values().forEach(Process::destroy);
    playing.values().forEach(process -> process.onExit().join());
    http.close();
  }

  private Process boot(String id) {
    var answer =
        ask("DescribeInstanceAttribute", Map.of("InstanceId", id, "Attribute", "userData"));
    var data = new String(Base64.getMimeDecoder().decode(all(answer, USER_DATA).getFirst()), UTF_8);
    userData.put(id, data);
    try {
      var home = Files.createDirectories(folder.resolve(id));
      var script = Files.writeString(home.resolve("machine.sh"), script(data));
      var builder = new ProcessBuilder("sh", script.toString());
      builder.environment().clear();
      builder.environment().put("PATH", program + ":/usr/sbin:/usr/bin:/sbin:/bin");
      builder.environment().put("NIMBUS_MACHINE_HOME", home.resolve("machine").toString());
      builder.redirectErrorStream(true).redirectOutput(home.resolve("console").toFile());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What cloud-init would run; not as a machine of its own, which would power off this one. */
  private static String script(String cloudConfig) {
    var script = new StringBuilder();
    cloudConfig
        .lines()
        .dropWhile(line -> !line.endsWith("content: |"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("runcmd"))
        .map(line -> line.isEmpty() ? "" : line.substring(6))
        .forEach(line -> script.append(line).append('\n'));
    var part = script.toString().replace("whole='yes'", "whole='no'");
    if (part.contains("whole='yes'") || !part.contains("whole='no'")) {
      throw new IllegalStateException("Will not run a script that may power this machine off");
    }
    return part;
  }

  private String ask(String action, Map<String, String> parameters) {
    var body = new ArrayList<String>();
    body.add("Action=" + action);
    body.add("Version=2016-11-15");
    parameters.forEach((name, value) -> body.add(name + "=" + URLEncoder.encode(value, UTF_8)));
    var request =
        HttpRequest.newBuilder(moto.url())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=x/20260101/eu-central-1/ec2/aws4_request,"
                    + " SignedHeaders=host, Signature=x")
            .POST(BodyPublishers.ofString(String.join("&", body)))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> all(String text, Pattern what) {
    return what.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
