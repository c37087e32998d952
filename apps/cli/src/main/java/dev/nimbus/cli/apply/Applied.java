package dev.nimbus.cli.apply;

import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.api.machine.ProviderView;
import dev.nimbus.cli.terminal.Table;
import java.util.List;

/**
 * What was applied, as it is now.
 *
 * @param detail a few words on it, such as a connection's webhook address
 * @param is all of it
 */
record Applied(String kind, String name, long revision, String detail, Object is) {
  static Applied of(ForgeView forge) {
    var detail = forge.kind() + " at " + forge.url() + ", webhook " + forge.webhookPath();
    return new Applied("forge", forge.name(), forge.revision(), detail, forge);
  }

  static Applied of(ProviderView provider) {
    return new Applied("provider", provider.name(), provider.revision(), provider.kind(), provider);
  }

  static Applied of(PoolView pool) {
    var body = pool.pool();
    var detail = "at most %d machines of %d kinds".formatted(body.max(), body.offerings().size());
    return new Applied("pool", pool.name(), pool.revision(), detail, pool);
  }

  static Table table(List<Applied> applied) {
    var table = Table.of("KIND", "NAME", "REVISION", "WHAT");
    for (var one : applied) {
      table.row(one.kind(), one.name(), Long.toString(one.revision()), one.detail());
    }
    return table;
  }
}
