package dev.nimbus.hostagent.runner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.hostagent.runner.RunnerTools.Tool;
import dev.nimbus.service.command.CommandRunner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts programs of runners in their place, each in a folder that carries its sum, with a link of
 * its name to it. A program is looked at by nobody before its sum was right, and jobs that run keep
 * the one they have.
 */
public final class RunnerDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(RunnerDownloads.class);
  private static final Duration UNPACKING = Duration.ofMinutes(5);
  private static final String LOCK = ".lock";
  private static final String FRESH = ".new";

  private final Path folder;
  private final Fetching fetching;
  private final CommandRunner commands;

  /**
   * @param folder that of the programs; made when it is not there
   */
  public RunnerDownloads(Path folder, Fetching fetching, CommandRunner commands) {
    this.folder = folder;
    this.fetching = fetching;
    this.commands = commands;
  }

  /**
   * Brings those that are not there; one that cannot be brought is told in the log and left out.
   * Being interrupted ends it.
   *
   * @param brought runs after each that is there now
   */
  public void bring(List<RunnerDownload> downloads, Runnable brought) {
    for (var download : downloads) {
      try {
        bring(download);
        brought.run();
      } catch (NimbusException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.atError()
            .addKeyValue("runner", download.forge().tool())
            .setCause(e)
            .log("A runner's program is not brought here");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Brings one, unless it is there: {@code INVALID} when it is not what it should be. */
  void bring(RunnerDownload download) throws InterruptedException {
    try {
      Files.createDirectories(folder);
      try (var file = open(folder.resolve(LOCK));
          var _ = file.lock()) {
        place(download);
      }
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot put '%s' into '%s': %s"
              .formatted(download.forge().tool(), folder, e.getMessage()),
          e);
    }
  }

  private void place(RunnerDownload download) throws IOException, InterruptedException {
    var link = folder.resolve(download.forge().tool());
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new NimbusException(
          Kind.CONFLICT,
          "Cannot replace '" + link + "': it is not a link, so somebody put it there");
    }
    var target = folder.resolve(download.folder());
    if (!Files.isDirectory(target)) {
      make(download, target);
    }
    point(link, download.folder());
  }

  private void make(RunnerDownload download, Path target) throws IOException, InterruptedException {
    var fresh = folder.resolve(FRESH);
    run("rm", "-rf", "--", fresh.toString());
    var made = Files.createDirectories(fresh.resolve(download.forge().tool()));
    var fetched = fresh.resolve("fetched");
    fetching.fetch(download, fetched);
    unpack(download, fetched, made);
    run("chmod", "-R", "a+rX,go-w", "--", made.toString());
    if (new RunnerTools(fresh).look(download.forge()) instanceof Tool.Unusable(var why, _)) {
      throw new NimbusException(Kind.INVALID, "Cannot use '" + download.url() + "': " + why);
    }
    Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    run("rm", "-rf", "--", fresh.toString());
    LOG.atInfo()
        .addKeyValue("runner", download.forge().tool())
        .addKeyValue("folder", target)
        .log("A runner's program was brought here");
  }

  private void unpack(RunnerDownload download, Path fetched, Path made)
      throws IOException, InterruptedException {
    if (download.archive()) {
      run("tar", "-xzf", fetched.toString(), "--no-same-owner", "-C", made.toString());
    } else {
      var program = Files.move(fetched, made.resolve(download.forge().tool()));
      run("chmod", "0755", program.toString());
    }
  }

  private void point(Path link, String to) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(Path.of(to))) {
      return;
    }
    var fresh = folder.resolve(FRESH + "-link");
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, Path.of(to));
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(String... command) throws InterruptedException {
    var done = commands.run(List.of(command), UNPACKING);
    if (!done.succeeded()) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot run '%s': %s".formatted(String.join(" ", command), done.output().strip()));
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
