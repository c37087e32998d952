package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.HostRental;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.RentedHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AllocateHostsRequest;
import software.amazon.awssdk.services.ec2.model.AllocationState;
import software.amazon.awssdk.services.ec2.model.AutoPlacement;
import software.amazon.awssdk.services.ec2.model.DescribeHostsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Host;
import software.amazon.awssdk.services.ec2.model.HostInstance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Dedicated hosts, which Macs need: one machine at a time, and none is given back within a day. A
 * host is of one tenant for as long as it is rented.
 */
final class MacHosts implements HostRental {
  /** What Apple's licence asks of Amazon, and Amazon of everybody. */
  static final Duration AT_LEAST = Duration.ofHours(24);

  private static final int MOST = 10_000;

  private final Ec2 ec2;
  private final ControllerId controller;
  private final InstantSource time;

  MacHosts(Ec2 ec2, ControllerId controller, InstantSource time) {
    this.ec2 = ec2;
    this.controller = controller;
    this.time = time;
  }

  /** Whether machines of a type need a host. */
  static boolean needs(String type) {
    return type.startsWith("mac") && type.endsWith(".metal");
  }

  /**
   * The id of a host for a machine: one that is free, else one that is rented now. The same for a
   * request repeated, unless hosts came or went in between: then EC2 says so by its token.
   */
  String hostFor(MachineSpec spec) {
    var free = find(request(spec)).stream().filter(host -> fits(host, spec)).toList();
    return free.stream()
        .min(Comparator.comparingInt(host -> (spec.name() + host.id()).hashCode()))
        .map(RentedHost::id)
        .orElseGet(() -> allocated(spec));
  }

  @Override
  public List<RentedHost> hosts() {
    try {
      return find(DescribeHostsRequest.builder().filter(tagged()).build());
    } catch (Refusal e) {
      throw e.failure("list the dedicated hosts of controller " + controller);
    }
  }

  @Override
  public Release release(String host) {
    try {
      var found = any(host);
      return found.isEmpty() ? new Release.Released() : release(found.getFirst());
    } catch (Refusal e) {
      throw e.failure("release dedicated host " + host);
    }
  }

  private Release release(RentedHost host) {
    if (!ours(host)) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot release dedicated host %s: it is not of controller %s"
              .formatted(host.id(), controller));
    }
    var remains = Duration.between(time.instant(), host.releasableAt());
    if (remains.isPositive()) {
      return new Release.NotBefore(host.releasableAt(), remains);
    }
    if (!host.machines().isEmpty()) {
      return new Release.InUse("machine %s is on it".formatted(host.machines().getFirst()));
    }
    return host.ready() ? given(host) : new Release.InUse("it is being prepared for another use");
  }

  private Release given(RentedHost host) {
    var answer =
        ec2.ask(
            Action.RELEASE_HOSTS,
            client -> client.releaseHosts(request -> request.hostIds(host.id())));
    for (var refused : answer.unsuccessful()) {
      throw new NimbusException(
          Kind.CONFLICT,
          "Cannot release dedicated host %s: %s: %s"
              .formatted(host.id(), refused.error().code(), refused.error().message()));
    }
    return new Release.Released();
  }

  private String allocated(MachineSpec spec) {
    var request =
        AllocateHostsRequest.builder()
            .quantity(1)
            .availabilityZone(spec.cell().place())
            .instanceType(spec.cell().type())
            .autoPlacement(AutoPlacement.OFF)
            .clientToken(token(spec))
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.DEDICATED_HOST)
                    .tags(RunRequest.tagsOf(spec, "nimbus-" + controller))
                    .build())
            .build();
    var answer = ec2.askOnce(Action.ALLOCATE_HOSTS, client -> client.allocateHosts(request));
    return answer.hostIds().getFirst();
  }

  /** Another than the machine's, and as good. */
  private static String token(MachineSpec spec) {
    return "host" + spec.token().substring("host".length());
  }

  private boolean fits(RentedHost host, MachineSpec spec) {
    var owner = host.tags().getOrDefault(Owner.ORG, "");
    return host.free() && ours(host) && owner.equals(spec.owner().org().value());
  }

  private boolean ours(RentedHost host) {
    return controller.value().equals(host.tags().getOrDefault(Owner.CONTROLLER, ""));
  }

  private List<RentedHost> any(String host) {
    try {
      return all(DescribeHostsRequest.builder().hostIds(host).build());
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return List.of();
      }
      throw e;
    }
  }

  private List<RentedHost> find(DescribeHostsRequest request) {
    return all(request).stream().filter(this::ours).toList();
  }

  private List<RentedHost> all(DescribeHostsRequest request) {
    return ec2.ask(
        Action.DESCRIBE_HOSTS,
        client -> {
          var found = new ArrayList<RentedHost>();
          for (var page : client.describeHostsPaginator(request)) {
            page.hosts().stream().filter(MacHosts::exists).map(MacHosts::seen).forEach(found::add);
            if (found.size() > MOST) {
              throw new NimbusException(
                  Kind.INTERNAL, "Cannot list dedicated hosts: there are more than " + MOST);
            }
          }
          return found;
        });
  }

  /** EC2 cannot filter hosts by a tag's value. */
  private static Filter tagged() {
    return Filter.builder().name("tag-key").values(Owner.CONTROLLER).build();
  }

  private static DescribeHostsRequest request(MachineSpec spec) {
    var zone = Filter.builder().name("availability-zone").values(spec.cell().place()).build();
    var type = Filter.builder().name("instance-type").values(spec.cell().type()).build();
    return DescribeHostsRequest.builder().filter(tagged(), zone, type).build();
  }

  private static boolean exists(Host host) {
    return host.state() != AllocationState.RELEASED
        && host.state() != AllocationState.RELEASED_PERMANENT_FAILURE;
  }

  private static RentedHost seen(Host host) {
    var type = host.hostProperties() == null ? "" : host.hostProperties().instanceType();
    return new RentedHost(
        host.hostId(),
        host.availabilityZone(),
        type == null ? "" : type,
        host.state() == AllocationState.AVAILABLE,
        host.instances().stream().map(HostInstance::instanceId).toList(),
        Map.copyOf(Sighting.ours(host.tags())),
        host.allocationTime(),
        host.allocationTime().plus(AT_LEAST));
  }
}
