package dev.nimbus.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.kubernetes.KubePeer;
import dev.nimbus.testkit.provider.kubernetes.WithKubePeer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ArrayNode;

/** The role operators copy allows what the code asks for, and nothing else. */
@ExtendWith(WithKubePeer.class)
final class PermissionsTest {
  private static final ControllerId OURS = new ControllerId("ours0001");

  @Test
  void theDocumentedRoleAllowsExactlyWhatIsAskedFor() {
    var allowed = new TreeSet<String>();
    for (var rule : Page.role().get("rules")) {
      assertThat(rule.get("apiGroups").toString()).isEqualTo("[\"\"]");
      for (var resource : rule.get("resources")) {
        for (var verb : rule.get("verbs")) {
          allowed.add(verb.asString() + " " + resource.asString());
        }
      }
    }

    assertThat(allowed).isEqualTo(all());
  }

  @Test
  void everyPermissionThatIsUsedIsListedAndEveryListedOneIsUsed(KubePeer peer) {
    try (var cluster = new RealCluster(peer)) {
      try (var provider = cluster.openBehindFront(OURS, Map.of())) {
        useEverything(provider, cluster);
      }

      var used =
          cluster.front().asked().stream()
              .map(Asked::permission)
              .filter(asked -> !asked.contains("review"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(used).isEqualTo(all());
    }
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void aRoleThatLacksOneIsFoundByTheCheck(Permission lacking, KubePeer peer) {
    try (var cluster = new RealCluster(peer)) {
      var role = Page.role();
      for (var rule : role.get("rules")) {
        if (rule.get("resources").toString().contains(lacking.resource())) {
          ((ArrayNode) rule.get("verbs")).removeIf(verb -> verb.asString().equals(lacking.verb()));
        }
      }
      cluster.allow(role.toString());

      try (var provider = cluster.open(OURS)) {
        assertThat(provider.check())
            .filteredOn(finding -> !finding.fine())
            .extracting(Finding::what)
            .contains("may %s in namespace %s".formatted(lacking, cluster.namespace()));
      }
    }
  }

  /** A machine that is made, waited for, found there, listed and ended. */
  private static void useEverything(Provider provider, RealCluster cluster) {
    var spec = spec("every001", cluster.namespace());
    var pod = cluster.in("pods") + "/" + spec.name();
    cluster
        .front()
        .decideLate(() -> cluster.change(pod, "{'metadata':{'annotations':{'seen':'yes'}}}"));
    var launched = (Launch.Launched) provider.launch(spec);
    provider.launch(spec);
    assertThat(provider.instances()).extracting(Instance::ref).contains(launched.instance().ref());
    provider.terminate(new InstanceRef(spec.name(), cluster.namespace(), ""));
  }

  private static MachineSpec spec(String unique, String namespace) {
    return new MachineSpec(
        MachineName.of(OURS, unique),
        new Owner(new OrgId("acme"), new PoolName("linux")),
        Accounts.cell(namespace),
        0,
        "#!/bin/sh\n",
        Duration.ofHours(6));
  }

  private static Set<String> all() {
    return Arrays.stream(Permission.values())
        .map(Permission::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
