package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of all held jobs. */
public final class JobFolders {
  private static final Logger LOG = LoggerFactory.getLogger(JobFolders.class);

  private final Path root;

  private JobFolders(Path root) {
    this.root = root;
  }

  /** Opens the place, making it when it is not there. */
  public static JobFolders open(Path root) {
    try {
      Files.createDirectories(root);
      return new JobFolders(root);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot keep jobs in '" + root + "': " + e.getMessage(), e);
    }
  }

  public JobFolder folder(SandboxId id) {
    return new JobFolder(id, root.resolve(id.name()));
  }

  /** A job an earlier life held, as that life last saw it. */
  public record Left(HeldJob job, LeaseKeeping keeping, JobFolder folder) {}

  /** Every job an earlier life held, the oldest first. What cannot be read is removed. */
  public List<Left> left(Rules rules, Clocks clocks) {
    var all = new ArrayList<Left>();
    try (Stream<Path> folders = Files.list(root)) {
      for (var path : folders.toList()) {
        left(path, rules, clocks).ifPresent(all::add);
      }
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot list the jobs in '" + root + "': " + e.getMessage(), e);
    }
    all.sort(Comparator.comparing(left -> left.job().grantedAt()));
    return all;
  }

  private static Optional<Left> left(Path path, Rules rules, Clocks clocks) throws IOException {
    var name = path.getFileName().toString();
    try {
      var folder = new JobFolder(SandboxId.parse(name), path);
      var saved = folder.load();
      return Optional.of(new Left(saved.job(), saved.keeping(rules, clocks), folder));
    } catch (IOException | IllegalArgumentException | NimbusException e) {
      LOG.atWarn().addKeyValue("folder", name).setCause(e).log("Unreadable job is swept");
      remove(path);
      return Optional.empty();
    }
  }

  private static void remove(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
