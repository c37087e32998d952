package dev.nimbus.adapters.gcp;

import dev.nimbus.core.id.ProviderName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an account is used.
 *
 * @param zones where there may be machines
 * @param networkProject whose the network is; the project itself unless it is shared
 * @param network machines are in; empty where subnetworks say so
 * @param subnetworks machines are in, by region; empty where the network makes its own
 * @param tags of the network, which its firewall looks at
 * @param externalIp whether machines have an address of the internet
 * @param diskType such as {@code pd-balanced}; empty for what Google takes
 * @param shielded whether machines start only what is signed
 * @param serviceAccount machines run as; empty for none
 * @param scopes of that, as addresses
 * @param checkTypes a check looks for in every zone
 * @param checkImages a check looks for
 * @param endpoint of Compute Engine, and of the resource manager; with a slash at the end
 */
record Settings(
    ProviderName name,
    String project,
    SortedSet<String> zones,
    String networkProject,
    String network,
    SortedMap<String, String> subnetworks,
    List<String> tags,
    boolean externalIp,
    String diskType,
    boolean shielded,
    String serviceAccount,
    List<String> scopes,
    List<String> checkTypes,
    List<ImageName> checkImages,
    Endpoints endpoint,
    Access access) {
  Settings {
    zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    subnetworks = Collections.unmodifiableSortedMap(new TreeMap<>(subnetworks));
    tags = List.copyOf(tags);
    scopes = List.copyOf(scopes);
    checkTypes = List.copyOf(checkTypes);
    checkImages = List.copyOf(checkImages);
  }

  /** The region of a zone, which is all but its last part. */
  static String regionOf(String zone) {
    return zone.substring(0, Math.max(0, zone.lastIndexOf('-')));
  }

  /** The regions of all zones. */
  SortedSet<String> regions() {
    var regions = new TreeSet<String>();
    zones.forEach(zone -> regions.add(regionOf(zone)));
    return regions;
  }

  /**
   * Where Google is asked.
   *
   * @param compute of Compute Engine, with a slash at the end
   * @param resourceManager of the resource manager, with a slash at the end
   */
  record Endpoints(String compute, String resourceManager) {
    static final String COMPUTE = "https://compute.googleapis.com/";
    static final String RESOURCE_MANAGER = "https://cloudresourcemanager.googleapis.com/";
  }
}
