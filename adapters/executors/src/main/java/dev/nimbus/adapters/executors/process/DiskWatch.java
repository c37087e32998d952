package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.service.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what a sandbox has written to disk. It looks the more often the nearer
 * the limit is: when a quick disk could have filled the rest since. {@code du} counts, because it
 * copes with any depth of folders, with links and with holes in files.
 *
 * @param folders what is counted
 */
record DiskWatch(CommandRunner commands, String du, List<Path> folders, long limitBytes) {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  /** What a quick disk takes in a second. */
  private static final long QUICK = 1L << 30;

  /** Looking must not cost more than a small part of a processor, however many files there are. */
  private static final int REST = 20;

  DiskWatch {
    folders = List.copyOf(folders);
  }

  /** What ends a watch. */
  @FunctionalInterface
  interface Over {
    /** Waits for so long at most; true when there is nothing to watch any more. */
    boolean within(Duration time) throws InterruptedException;
  }

  /** Watches until the sandbox has ended or is over its limit; says whether the latter. */
  boolean watch(Over ended) throws InterruptedException {
    var pause = pause(limitBytes, 0, Duration.ZERO);
    while (!ended.within(pause)) {
      var began = SystemTime.nanos();
      var used = look();
      if (used.orElse(0) > limitBytes) {
        return true;
      }
      var took = Duration.ofNanos(SystemTime.nanos() - began);
      pause = pause(limitBytes, used.orElse(0), took);
    }
    return false;
  }

  /** When to look again. */
  static Duration pause(long limitBytes, long usedBytes, Duration took) {
    var filled = Duration.ofSeconds((limitBytes - usedBytes) / QUICK);
    var pause = filled.compareTo(SHORTEST) < 0 ? SHORTEST : filled;
    var bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    var rest = took.multipliedBy(REST);
    return rest.compareTo(bounded) > 0 ? rest : bounded;
  }

  List<String> command() {
    var words = new ArrayList<>(List.of(du, "-s", "-c", "-x", "--block-size=1", "--"));
    folders.forEach(folder -> words.add(folder.toString()));
    return List.copyOf(words);
  }

  /** The bytes on disk; empty when they cannot be told now. Files may come and go meanwhile. */
  private OptionalLong look() throws InterruptedException {
    try {
      return total(commands.run(command(), PATIENCE).output());
    } catch (NimbusException e) {
      LOG.atWarn()
          .addKeyValue("folder", folders.getFirst())
          .setCause(e)
          .log("Cannot tell the disk a job uses");
      return OptionalLong.empty();
    }
  }

  /** The number in the last line, which is the sum of all. */
  static OptionalLong total(String output) {
    return output
        .lines()
        .filter(line -> line.matches("\\d{1,18}\\s+total"))
        .mapToLong(line -> Long.parseLong(line.split("\\s", 2)[0]))
        .reduce((_, last) -> last);
  }
}
