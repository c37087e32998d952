package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.WaitReason.Code;
import dev.nimbus.core.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What jobs that no host can take have to hope for: what the last plan left undone, and why. */
public final class Outlook {
  /** Of a control plane that has machines made for nobody. */
  public static final Outlook NONE = new Outlook(Map.of(), List.of());

  private final Map<Wish, Withheld> withheld;
  private final List<Coming> coming;

  private Outlook(Map<Wish, Withheld> withheld, List<Coming> coming) {
    this.withheld = Map.copyOf(withheld);
    this.coming = List.copyOf(coming);
  }

  /** After a plan, with the machines there are after it. */
  public static Outlook of(Plan plan, List<Pool> pools, List<Machine> machines) {
    var withheld = new HashMap<Wish, Withheld>();
    for (var one : plan.withheld()) {
      if (one.subject() instanceof Withheld.Subject.Jobs(var requirements) && matters(one)) {
        withheld.putIfAbsent(new Wish(one.org(), requirements), one);
      }
    }
    var coming = new ArrayList<Coming>();
    for (var pool : pools) {
      coming(pool, machines).ifPresent(coming::add);
    }
    return new Outlook(withheld, coming);
  }

  /**
   * Why a job waits, where its tenant's hosts are one reason: what stands in the way of a machine
   * for it, or that one is coming; the hosts' reason where machines would not help.
   */
  public WaitReason over(OrgId org, Requirements wanted, WaitReason hosts) {
    var missing =
        switch (hosts.code()) {
          case NO_HOST, NO_LIVE_HOST, NO_MATCHING_LABELS, TOO_LARGE, HOSTS_BUSY -> true;
          default -> false;
        };
    if (!missing) {
      return hosts;
    }
    var next = next(org, wanted);
    var obstacle = Optional.ofNullable(withheld.get(new Wish(org, wanted)));
    return obstacle
        .map(one -> told(one, hosts, next))
        .or(() -> next.map(one -> new WaitReason(Code.MACHINE_COMING, one.sentence())))
        .orElse(hosts);
  }

  private static WaitReason told(Withheld obstacle, WaitReason hosts, Optional<Coming> next) {
    var code = code(obstacle.code());
    var also = next.map(one -> " " + one.sentence()).orElse("");
    return code.isEmpty()
        ? new WaitReason(hosts.code(), hosts.sentence() + " " + obstacle.sentence())
        : new WaitReason(code.get(), obstacle.sentence() + also);
  }

  private Optional<Coming> next(OrgId org, Requirements wanted) {
    return coming.stream().filter(one -> one.serves(org, wanted)).findFirst();
  }

  private static Optional<Coming> coming(Pool pool, List<Machine> machines) {
    var ahead =
        machines.stream()
            .filter(one -> one.org().equals(pool.org()) && one.pool().equals(pool.name()))
            .filter(one -> one.stage() == Stage.ASKED || one.stage() == Stage.BOOTING)
            .toList();
    return ahead.isEmpty() ? Optional.empty() : Optional.of(new Coming(pool, ahead));
  }

  /** What hosts and turns say as well is theirs to say. */
  private static boolean matters(Withheld withheld) {
    return switch (withheld.code()) {
      case ORG_LIMIT, REPOSITORY_LIMIT, POSTPONED -> false;
      default -> true;
    };
  }

  /** Empty where the hosts' own reason stands. */
  private static Optional<Code> code(Withheld.Code code) {
    return switch (code) {
      case POOL_FULL -> Optional.of(Code.POOL_FULL);
      case BUDGET -> Optional.of(Code.BUDGET);
      case NO_PRICE -> Optional.of(Code.NO_PRICE);
      case COOLING -> Optional.of(Code.COOLING);
      case QUOTA -> Optional.of(Code.QUOTA);
      case REFUSED -> Optional.of(Code.REFUSED);
      case THROTTLED -> Optional.of(Code.THROTTLED);
      case NO_POOL, ORG_LIMIT, REPOSITORY_LIMIT, POSTPONED -> Optional.empty();
    };
  }

  private record Wish(OrgId org, Requirements requirements) {}

  /** Machines of a pool that are not ready yet. */
  private record Coming(Pool pool, List<Machine> machines) {
    boolean serves(OrgId org, Requirements wanted) {
      return pool.org().equals(org)
          && pool.offerings().stream()
              .filter(
                  offering -> machines.stream().anyMatch(m -> offering.cells().contains(m.cell())))
              .anyMatch(offering -> pool.serves(offering, wanted));
    }

    String sentence() {
      PoolName name = pool.name();
      return machines.size() == 1
          ? "A machine of pool '%s' is coming: %s.".formatted(name, machines.getFirst().name())
          : "%d machines of pool '%s' are coming.".formatted(machines.size(), name);
    }
  }
}
