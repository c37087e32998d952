package dev.nimbus.core.provider;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose a machine is: written on it at the provider, so that it can be found and paid for by its
 * owner even after our own records are lost.
 */
public record Owner(OrgId org, PoolName pool) {
  /** The tag that names the installation; providers list by it. */
  public static final String CONTROLLER = "nimbus-controller";

  /** The tag that holds the machine's name. */
  public static final String MACHINE = "nimbus-machine";

  public static final String ORG = "nimbus-org";
  public static final String POOL = "nimbus-pool";

  /** Every tag of a machine. Names and values fit the strictest provider: a-z, 0-9 and -. */
  public Map<String, String> tags(MachineSpec spec) {
    var tags = new TreeMap<String, String>();
    tags.put(CONTROLLER, spec.name().controller().value());
    tags.put(MACHINE, spec.name().value());
    tags.put(ORG, org.value());
    tags.put(POOL, pool.value());
    return tags;
  }
}
