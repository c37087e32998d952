package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.placement.WaitReason;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.Standing;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Gauge;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks at what waits and why. Capacity is whatever hosts have registered: there is no provider to
 * ask for more, so the plan that follows from the demand is a set of figures for people to act on.
 */
public final class Scaling {
  private static final int LOOKED_AT = 100;

  private final Storage storage;
  private final Duration hostLostAfter;
  private final JobRate rate;
  private final Supplier<Outlook> outlook;
  private final InstantSource time;
  private final Gauge withheld;
  private final Counter limited;
  private final Gauge waiting;
  private final Gauge running;
  private final Gauge hosts;

  public Scaling(
      Storage storage,
      Duration hostLostAfter,
      JobRate rate,
      Supplier<Outlook> outlook,
      InstantSource time,
      Metrics metrics) {
    this.storage = storage;
    this.hostLostAfter = hostLostAfter;
    this.rate = rate;
    this.outlook = outlook;
    this.time = time;
    this.withheld =
        metrics.gauge(
            "nimbus_withheld_jobs",
            "Waiting jobs by the reason they wait, of the newest hundred of each tenant",
            "org",
            "reason");
    this.limited =
        metrics.counter(
            "nimbus_control_plane_org_rate_limits_hit",
            "Jobs found waiting because their tenant starts them as fast as it may, at each look",
            "org");
    this.waiting = metrics.gauge("nimbus_jobs_waiting", "Jobs in the queue", "org");
    this.running = metrics.gauge("nimbus_jobs_running", "Jobs under a lease", "org");
    this.hosts = metrics.gauge("nimbus_hosts", "Registered hosts by state", "org", "state");
  }

  /** One pass; safe to repeat at any time. */
  public void step() {
    storage.orgs().list().forEach(this::measure);
  }

  private void measure(OrgStanding org) {
    waiting.set(org.waiting(), org.org().value());
    running.set(org.running(), org.org().value());
    var usable = storage.hosts().list(org.org());
    measureHosts(org.org(), usable);
    var reasons = org.waiting() == 0 ? noReasons() : reasons(org.org(), usable);
    limited.add(reasons.getOrDefault(WaitReason.Code.ORG_RATE, 0L), org.org().value());
    reasons.forEach(
        (code, count) -> withheld.set((double) count, org.org().value(), WaitReason.word(code)));
  }

  private void measureHosts(OrgId org, List<Host> usable) {
    var now = time.instant();
    var alive = usable.stream().filter(h -> h.seenAt().plus(hostLostAfter).isAfter(now)).count();
    hosts.set((double) alive, org.value(), "alive");
    hosts.set((double) (usable.size() - alive), org.value(), "silent");
  }

  private Map<WaitReason.Code, Long> reasons(OrgId org, List<Host> usable) {
    var counts = noReasons();
    var filter = new JobFilter(List.of("waiting"), List.of(), "", "", "", LOOKED_AT);
    for (Job job : storage.jobs().list(org, filter).jobs()) {
      storage
          .jobs()
          .standing(org, job.id())
          .map(standing -> reason(org, standing, usable))
          .ifPresent(reason -> counts.merge(reason.code(), 1L, Long::sum));
    }
    return counts;
  }

  private WaitReason reason(OrgId org, Standing standing, List<Host> usable) {
    var ofHosts = WaitReason.of(standing, usable, hostLostAfter, rate, time.instant());
    return outlook.get().over(org, standing.requirements(), ofHosts);
  }

  private static Map<WaitReason.Code, Long> noReasons() {
    var counts = new EnumMap<WaitReason.Code, Long>(WaitReason.Code.class);
    for (var code : WaitReason.Code.values()) {
      counts.put(code, 0L);
    }
    return counts;
  }
}
