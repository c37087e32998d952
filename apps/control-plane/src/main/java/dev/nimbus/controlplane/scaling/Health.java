package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.AccountHealth;
import dev.nimbus.core.placement.CellHealth;
import dev.nimbus.core.placement.OrgCell;
import dev.nimbus.core.placement.OrgProvider;
import dev.nimbus.core.placement.PoolCell;
import dev.nimbus.core.placement.Refusal;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of cells and accounts from how requests to them ended. Kept in memory: whoever
 * starts anew tries anew, and several control planes each learn for themselves. Thread-safe.
 */
final class Health {
  private static final int MOST_TOLD = 300;

  private final Map<OrgCell, CellHealth> cells = new ConcurrentHashMap<>();
  private final Map<OrgProvider, AccountHealth> accounts = new ConcurrentHashMap<>();
  private final Map<PoolCell, Refusal> refusals = new ConcurrentHashMap<>();

  /** Learns from a provider's answer. */
  void answered(Machine machine, Launch answer, Revisions asked, Instant now) {
    var cell = cell(machine);
    cells.compute(cell, (_, was) -> (was == null ? CellHealth.sound() : was).after(answer, now));
    if (answer instanceof Launch.Throttled(_, var again)) {
      var account = new OrgProvider(machine.org(), machine.cell().provider());
      accounts.compute(
          account, (_, was) -> (was == null ? AccountHealth.SOUND : was).throttled(again, now));
    }
    if (answer instanceof Launch.Refused(var why)) {
      var pool = new PoolCell(new Owner(machine.org(), machine.pool()), machine.cell());
      refusals.put(pool, new Refusal(asked.pool(), asked.account(), why));
    }
  }

  /** A machine there did not come up. */
  void failed(Machine machine, String why, Instant now) {
    var told = oneLine(why);
    cells.compute(
        cell(machine),
        (_, was) ->
            (was == null ? CellHealth.sound() : was).failed(CellHealth.Trouble.FAILURE, told, now));
  }

  /** A machine there became ready. */
  void succeeded(Machine machine) {
    cells.computeIfPresent(cell(machine), (_, was) -> was.succeeded(machine.moments().asked()));
  }

  Map<OrgCell, CellHealth> cells() {
    return Map.copyOf(cells);
  }

  /** With the revisions accounts have now. */
  Map<OrgProvider, AccountHealth> accounts(Map<OrgProvider, Long> revisions) {
    var all = new HashMap<OrgProvider, AccountHealth>();
    revisions.forEach(
        (account, revision) -> {
          var known = accounts.getOrDefault(account, AccountHealth.SOUND);
          all.put(account, new AccountHealth(revision, known.restsUntil()));
        });
    return all;
  }

  Map<PoolCell, Refusal> refusals() {
    return Map.copyOf(refusals);
  }

  /** The end of a machine's log says most, and a reason is a sentence. */
  private static String oneLine(String why) {
    var line = why.strip().replaceAll("\\s+", " ");
    return line.length() <= MOST_TOLD ? line : "…" + line.substring(line.length() - MOST_TOLD);
  }

  private static OrgCell cell(Machine machine) {
    return new OrgCell(machine.org(), machine.cell());
  }

  /** Of pool and account, when they asked. */
  record Revisions(long pool, long account) {}
}
