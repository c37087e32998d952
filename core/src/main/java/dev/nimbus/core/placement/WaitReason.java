package dev.nimbus.core.placement;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.storage.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The one current reason why a job waits: the first obstacle on its way to a host. */
public record WaitReason(Code code, String sentence) {
  /** Reasons, in the order in which they are looked for. Their words are metric labels. */
  public enum Code {
    NO_HOST,
    NO_LIVE_HOST,
    NO_MATCHING_LABELS,
    TOO_LARGE,
    POSTPONED,
    ORG_LIMIT,
    ORG_RATE,
    REPOSITORY_LIMIT,
    HOSTS_BUSY,
    TURN,
    /** A machine that could take it is on its way. This one and those after come from plans. */
    MACHINE_COMING,
    POOL_FULL,
    BUDGET,
    NO_PRICE,
    COOLING,
    QUOTA,
    REFUSED,
    THROTTLED
  }

  /** The code as API and metrics write it, such as {@code hosts_busy}. */
  public static String word(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  /** Finds the reason. A host not seen for {@code lost} is taken for dead. */
  public static WaitReason of(
      Standing standing, List<Host> hosts, Duration lost, JobRate rate, Instant now) {
    var live = hosts.stream().filter(h -> h.seenAt().plus(lost).isAfter(now)).toList();
    if (hosts.isEmpty()) {
      return new WaitReason(Code.NO_HOST, "No host has registered that takes this tenant's jobs.");
    }
    if (live.isEmpty()) {
      return new WaitReason(Code.NO_LIVE_HOST, lastSeen(hosts, now));
    }
    var wanted = standing.requirements();
    var labelled = live.stream().filter(h -> h.labels().containsAll(wanted.labels())).toList();
    if (labelled.isEmpty()) {
      return new WaitReason(Code.NO_MATCHING_LABELS, missingLabels(wanted, live));
    }
    var roomy = labelled.stream().filter(h -> wanted.size().fitsIn(h.capacity())).toList();
    if (roomy.isEmpty()) {
      return new WaitReason(Code.TOO_LARGE, tooLarge(wanted.size(), labelled));
    }
    if (standing.notBefore().isAfter(now)) {
      return new WaitReason(Code.POSTPONED, postponed(standing, now));
    }
    return behindOthers(standing, roomy, rate, now);
  }

  private static WaitReason behindOthers(
      Standing standing, List<Host> roomy, JobRate rate, Instant now) {
    var org = standing.org();
    if (org.running() >= org.limits().maxRunning()) {
      return new WaitReason(
          Code.ORG_LIMIT,
          "Tenant '%s' runs %d jobs, as many as it may; %d of its jobs are ahead."
              .formatted(org.org(), org.running(), standing.ahead()));
    }
    if (org.usedUntil().isAfter(rate.most(now))) {
      return new WaitReason(Code.ORG_RATE, tooFast(standing, rate, now));
    }
    if (standing.repositoryRunning() >= org.limits().maxRunningPerRepository()) {
      return new WaitReason(
          Code.REPOSITORY_LIMIT,
          "Its repository runs %d jobs, as many as it may."
              .formatted(standing.repositoryRunning()));
    }
    var size = standing.requirements().size();
    var free =
        roomy.stream()
            .filter(h -> h.leases() < h.slots())
            .filter(h -> size.fitsIn(h.capacity().minus(h.used())))
            .count();
    if (free == 0) {
      return new WaitReason(
          Code.HOSTS_BUSY,
          "Every matching host is busy (%d of them); %d of the tenant's jobs are ahead."
              .formatted(roomy.size(), standing.ahead()));
    }
    return new WaitReason(
        Code.TURN,
        "A matching host has room; its turn comes next, with %d of the tenant's jobs ahead."
            .formatted(standing.ahead()));
  }

  private static String postponed(Standing standing, Instant now) {
    return "No host could run it now; it is tried again in %d s."
        .formatted(Duration.between(now, standing.notBefore()).toSeconds() + 1);
  }

  private static String tooFast(Standing standing, JobRate rate, Instant now) {
    var wait = Duration.between(rate.most(now), standing.org().usedUntil());
    return "Tenant '%s' started %d jobs within %d s, as many as it may; its next starts in %d s, with %d of its jobs ahead."
        .formatted(
            standing.org().org(),
            rate.jobs(),
            rate.interval().toSeconds(),
            wait.toSeconds() + 1,
            standing.ahead());
  }

  private static String lastSeen(List<Host> hosts, Instant now) {
    var last = Collections.max(hosts, Comparator.comparing(Host::seenAt));
    return "No host is alive: the last, '%s', was seen %d s ago."
        .formatted(last.id(), Duration.between(last.seenAt(), now).toSeconds());
  }

  private static String missingLabels(Requirements wanted, List<Host> live) {
    var best = new TreeSet<>(wanted.labels().values());
    for (var host : live) {
      var missing = new TreeSet<>(wanted.labels().values());
      missing.removeAll(host.labels().values());
      if (missing.size() < best.size()) {
        best = missing;
      }
    }
    return "No live host has the labels it asks for; the nearest lacks: %s."
        .formatted(String.join(", ", best));
  }

  private static String tooLarge(Size wanted, List<Host> labelled) {
    var sizes = new ArrayList<Size>();
    labelled.forEach(host -> sizes.add(host.capacity()));
    var cpus = sizes.stream().mapToInt(Size::milliCpus).max().orElse(0);
    var memory = sizes.stream().mapToLong(Size::memoryBytes).max().orElse(0);
    return "It asks for %.1f cpus and %d MiB; the largest matching host has %.1f cpus and %d MiB."
        .formatted(
            wanted.milliCpus() / 1000.0, wanted.memoryBytes() >> 20, cpus / 1000.0, memory >> 20);
  }
}
