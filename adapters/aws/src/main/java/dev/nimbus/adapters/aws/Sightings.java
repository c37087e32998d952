package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Owner;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Looks for machines at EC2. What was made some seconds ago may not be seen yet. */
final class Sightings {
  private static final int PAGE = 1000;
  private static final int MOST = 200_000;
  private static final Filter EXISTING =
      filter("instance-state-name", "pending", "running", "stopping", "stopped", "shutting-down");

  private final Ec2 ec2;
  private final ControllerId controller;

  Sightings(Ec2 ec2, ControllerId controller) {
    this.ec2 = ec2;
    this.controller = controller;
  }

  /** All that carries the controller's tag and exists, also what has no name of ours. */
  List<Sighting> existing() {
    return find(ofOurs(EXISTING));
  }

  /** What was made under a name; also what has ended, as long as EC2 remembers it. */
  List<Sighting> named(MachineName name) {
    return find(ofOurs(filter("tag:" + Owner.MACHINE, name.value())));
  }

  /** The machine of an id, whoever's it is; empty when EC2 does not know it, or not yet. */
  List<Sighting> byId(String id) {
    try {
      return find(DescribeInstancesRequest.builder().instanceIds(id).build());
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return List.of();
      }
      throw e;
    }
  }

  private DescribeInstancesRequest ofOurs(Filter further) {
    return DescribeInstancesRequest.builder()
        .filters(filter("tag:" + Owner.CONTROLLER, controller.value()), further)
        .maxResults(PAGE)
        .build();
  }

  private List<Sighting> find(DescribeInstancesRequest request) {
    return ec2.ask(
        Action.DESCRIBE_INSTANCES,
        client -> {
          var found = new ArrayList<Sighting>();
          for (var page : client.describeInstancesPaginator(request)) {
            page.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Sighting::of)
                .forEach(found::add);
            checkSize(found.size());
          }
          return found;
        });
  }

  /** A list that is cut short would look as if machines were gone. */
  private static void checkSize(int size) {
    if (size > MOST) {
      throw new NimbusException(
          Kind.INTERNAL, "Cannot list machines at AWS: there are more than %d".formatted(MOST));
    }
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }
}
