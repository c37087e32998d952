package dev.nimbus.adapters.forges.github.scaleset;

import java.net.URI;

/**
 * Where scale sets are registered.
 *
 * @param page of the organization or repository, as people see it
 * @param runners what the addresses of calls about its runners begin with
 * @param group of runners by name; empty for the default one
 */
public record Scope(URI page, String runners, String group) {
  /** Whether a credential may travel to an address GitHub told us: as safely as to GitHub. */
  boolean trusts(URI address) {
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && ("https".equals(address.getScheme())
            || ("http".equals(page.getScheme())
                && "http".equals(address.getScheme())
                && address.getHost().equals(page.getHost())));
  }
}
