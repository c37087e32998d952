package dev.nimbus.adapters.azure;

import dev.nimbus.core.id.ProviderName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an account is used.
 *
 * @param group of resources that machines are in
 * @param network where machines are, and who lets them be reached
 * @param shape what all machines of the account have in common
 * @param checkTypes which a check asks for everywhere
 * @param checkImages which a check looks at
 */
record Settings(
    ProviderName name,
    Cloud cloud,
    Cloud.Endpoint endpoint,
    String subscription,
    String group,
    Network network,
    Shape shape,
    List<String> checkTypes,
    List<ImageName> checkImages,
    Access access) {
  Settings {
    checkTypes = List.copyOf(checkTypes);
    checkImages = List.copyOf(checkImages);
  }

  /** The scope of everything the account makes. */
  String groupPath() {
    return subscriptionPath() + "/resourceGroups/" + group;
  }

  String subscriptionPath() {
    return "/subscriptions/" + subscription;
  }

  /**
   * The networks of machines.
   *
   * @param subnets ids by location
   * @param securityGroups ids by location; a location may have none
   * @param publicIp whether machines have an address of their own
   */
  record Network(
      SortedMap<String, String> subnets,
      SortedMap<String, String> securityGroups,
      boolean publicIp) {
    Network {
      subnets = Collections.unmodifiableSortedMap(new TreeMap<>(subnets));
      securityGroups = Collections.unmodifiableSortedMap(new TreeMap<>(securityGroups));
    }
  }

  /**
   * What machines have in common.
   *
   * @param user the first one, which is nobody's
   * @param sshKey public, of who may log in as that one; empty for nobody
   * @param diskType such as {@code Premium_LRS}; empty for what Azure takes
   * @param trustedLaunch whether only signed code boots, measured
   * @param encryptionAtHost whether nothing leaves a host unencrypted
   * @param identity what machines may do at Azure; empty for nothing
   */
  record Shape(
      String user,
      String sshKey,
      String diskType,
      boolean trustedLaunch,
      boolean encryptionAtHost,
      String identity) {}
}
