package dev.nimbus.testkit.provider.kubernetes;

import dev.nimbus.testkit.tool.VendorProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The control plane of Kubernetes as a process: API server, scheduler and the controllers that
 * collect garbage, count quotas and make service accounts, with roles in force. There is no node
 * but those a test writes down, and no kubelet: a pod that has found a node stays there as it is.
 */
public final class KubePeer implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("kube-peer: (https://127\\.0\\.0\\.1:\\d+) (\\S+) ([0-9a-f]+) ([0-9a-f]+)");

  private final Process process;
  private final Path folder;
  private final URI url;
  private final String authorities;
  private final String admin;
  private final String user;
  private final AtomicInteger namespaces = new AtomicInteger();

  private KubePeer(
      Process process, Path folder, URI url, String authorities, String admin, String user) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    this.authorities = authorities;
    this.admin = admin;
    this.user = user;
  }

  /** Starts one; a test without the program is skipped, or fails on a build server. */
  public static KubePeer start() {
    var program = VendorProgram.file("kube-peer", "go build, see .ci/run").toString();
    try {
      var folder = Files.createTempDirectory("kube-peer");
      var builder =
          new ProcessBuilder(List.of(program, folder.toString()))
              .redirectError(folder.resolve("log").toFile());
      builder.environment().clear();
      return ready(builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + program, e);
    }
  }

  public URI url() {
    return url;
  }

  /** Who signed its certificate, in PEM. */
  public String authorities() {
    return authorities;
  }

  /** The token of somebody who may do everything. */
  public String admin() {
    return admin;
  }

  /** The token of the user {@code nimbus}, who may do nothing until a role says so. */
  public String user() {
    return user;
  }

  /** The name of a namespace that nobody else of this peer's has. */
  public String freshNamespace() {
    return "test-" + namespaces.incrementAndGet();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }

  private static KubePeer ready(Process process, Path folder) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new ArrayList<String>();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      var found = READY.matcher(line);
      if (found.matches()) {
        return new KubePeer(
            process,
            folder,
            URI.create(found.group(1)),
            Files.readString(Path.of(found.group(2))),
            found.group(3),
            found.group(4));
      }
    }
    throw new IllegalStateException(
        "kube-peer ended before it listened: "
            + said
            + " "
            + Files.readString(folder.resolve("log")));
  }
}
