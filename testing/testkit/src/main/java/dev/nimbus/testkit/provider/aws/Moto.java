package dev.nimbus.testkit.provider.aws;

import dev.nimbus.testkit.tool.VendorProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A process of moto, which plays AWS, on a port of its own choice. */
public final class Moto implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private Moto(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts one; a test without the program is skipped, or fails on a build server. */
  public static Moto start() {
    var program = VendorProgram.file("moto_server", "pip install, see .ci/run").toString();
    var builder = new ProcessBuilder(List.of(program, "-p", "0")).redirectErrorStream(true);
    var path = builder.environment().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("PYTHONUNBUFFERED", "1");
    builder.environment().put("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "true");
    builder.environment().put("MOTO_ENABLE_AMI_VALIDATION", "true");
    try {
      return ready(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + program, e);
    }
  }

  public URI url() {
    return url;
  }

  /** Forgets all there is, in every account. */
  public void reset() {
    var request =
        HttpRequest.newBuilder(url.resolve("/moto-api/reset"))
            .POST(BodyPublishers.noBody())
            .build();
    try {
      var status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("Cannot reset moto: status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reset moto", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while resetting moto", e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly();
    process.onExit().join();
  }

  private static Moto ready(Process process) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      var found = READY.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return new Moto(process, URI.create(found.group(1)));
      }
    }
    throw new IllegalStateException("moto ended before it listened: " + said);
  }
}
