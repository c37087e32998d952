package dev.nimbus.adapters.kubernetes;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all pods of an account have in common.
 *
 * @param serviceAccount whose name they carry, without its token; empty for the default one
 * @param nodeSelector labels that nodes must have
 * @param priorityClass empty for the default one
 * @param runtimeClass such as that of gVisor or Kata; empty for the default one
 * @param pullSecrets by whose names images are loaded
 * @param user the number of the user who runs the script; empty for the image's own
 * @param ownUsers whether users of a pod are nobody on its node
 */
record PodSettings(
    String serviceAccount,
    SortedMap<String, String> nodeSelector,
    List<Toleration> tolerations,
    String priorityClass,
    String runtimeClass,
    List<String> pullSecrets,
    String user,
    boolean ownUsers) {
  PodSettings {
    nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
    tolerations = List.copyOf(tolerations);
    pullSecrets = List.copyOf(pullSecrets);
  }
}
