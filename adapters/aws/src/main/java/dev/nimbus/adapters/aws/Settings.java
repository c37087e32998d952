package dev.nimbus.adapters.aws;

import dev.nimbus.core.id.ProviderName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an account is used.
 *
 * @param subnets in which machines of a zone are, by the zone
 * @param instanceProfile name or ARN of what machines may do at AWS; empty for nothing
 * @param endpoint where EC2 is asked; empty for where the region has it
 * @param stsEndpoint where roles are asked for; empty for where the region has it
 */
record Settings(
    ProviderName name,
    String region,
    SortedMap<String, String> subnets,
    List<String> securityGroups,
    String instanceProfile,
    LaunchTemplate template,
    String endpoint,
    String stsEndpoint,
    Access access) {
  Settings {
    subnets = Collections.unmodifiableSortedMap(new TreeMap<>(subnets));
    securityGroups = List.copyOf(securityGroups);
  }
}
