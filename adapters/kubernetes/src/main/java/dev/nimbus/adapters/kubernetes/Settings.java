package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ProviderName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How an account is used.
 *
 * @param namespaces where pods may be; the place of a cell is one of them
 * @param autoscaled whether nodes are added for pods that find no room
 */
record Settings(
    ProviderName name,
    SortedSet<String> namespaces,
    Access access,
    PodSettings pods,
    boolean autoscaled) {
  Settings {
    namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
  }
}
