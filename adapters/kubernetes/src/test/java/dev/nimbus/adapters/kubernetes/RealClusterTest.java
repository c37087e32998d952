package dev.nimbus.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.kubernetes.KubePeer;
import dev.nimbus.testkit.provider.kubernetes.WithKubePeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** What Kubernetes itself says, and what is made of it. */
@ExtendWith(WithKubePeer.class)
final class RealClusterTest {
  private static final ControllerId OURS = new ControllerId("ours0001");

  private final KubePeer peer;
  private final RealCluster cluster;
  private final Provider provider;

  RealClusterTest(KubePeer peer) {
    this.peer = peer;
    this.cluster = new RealCluster(peer);
    this.provider = cluster.openBehindFront(OURS, Map.of());
  }

  @AfterEach
  void leave() {
    provider.close();
    cluster.close();
  }

  @Test
  void aPodThatNoNodeHasRoomForIsTakenBackWithTheSchedulersWords() {
    var answer = provider.launch(spec("room0001", "cpu=9999,memory=1Gi"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Launch.OutOfCapacity.class,
            said -> assertThat(said.why()).contains("Insufficient cpu"));
    assertThat(provider.instances()).isEmpty();
    assertThat(cluster.look(cluster.in("secrets")).at("/items")).isEmpty();
  }

  @Test
  void aPodThatFoundRoomMeanwhileIsNotTakenBack() {
    try (var waiting = cluster.open(OURS, Map.of("autoscaled", "true"))) {
      waiting.launch(spec("room0002", "cpu=9999,memory=1Gi"));
    }
    var name = MachineName.of(OURS, "room0002");
    var seen = new Sightings(server(), settings(), OURS).pod(cluster.namespace(), name);
    cluster.change(
        cluster.in("pods") + "/" + name, "{'metadata':{'annotations':{'changed':'yes'}}}");

    assertThatThrownBy(() -> new Deletion(server()).podAsSeen(seen.orElseThrow()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.meaning()).isEqualTo(Meaning.CHANGED));
    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void aQuotaOfTheNamespaceIsAQuota() {
    quota("{'metadata':{'name':'few'},'spec':{'hard':{'requests.cpu':'3'}}}", "few");

    assertThat(provider.launch(spec("quota001"))).isInstanceOf(Launch.Launched.class);
    assertThat(provider.launch(spec("quota002")))
        .isInstanceOfSatisfying(
            Launch.OverQuota.class, said -> assertThat(said.why()).contains("exceeded quota: few"));
    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void aQuotaOfSecretsLeavesNoPodBehind() {
    quota("{'metadata':{'name':'none'},'spec':{'hard':{'count/secrets':'0'}}}", "none");

    assertThat(provider.launch(spec("quota003"))).isInstanceOf(Launch.OverQuota.class);
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void limitsAndStandardsOfTheNamespaceAreAPersonsToChange() {
    cluster.make(
        cluster.in("limitranges"),
        "{'metadata':{'name':'small'},'spec':{'limits':[{'type':'Container','max':{'cpu':'1'}}]}}");
    assertRefused(provider.launch(spec("limit001")), "maximum cpu usage per Container is 1");
    cluster.delete(cluster.in("limitranges") + "/small");

    cluster.change(
        "/api/v1/namespaces/" + cluster.namespace(),
        "{'metadata':{'labels':{'pod-security.kubernetes.io/enforce':'restricted'}}}");
    assertRefused(provider.launch(spec("limit002")), "runAsNonRoot");
    try (var asUser = cluster.open(OURS, Map.of("run_as_user", "1000"))) {
      assertThat(asUser.launch(spec("limit003"))).isInstanceOf(Launch.Launched.class);
    }
  }

  @Test
  void withoutAnyOptionItPassesTheBaseline() {
    cluster.change(
        "/api/v1/namespaces/" + cluster.namespace(),
        "{'metadata':{'labels':{'pod-security.kubernetes.io/enforce':'baseline'}}}");

    assertThat(provider.launch(spec("basel001"))).isInstanceOf(Launch.Launched.class);
  }

  @Test
  void everyFieldOfThePodIsKnownToKubernetes() {
    var further =
        Map.of(
            "node_selector", "disk=nvme",
            "tolerations", "runners=yes:NoSchedule, spot",
            "image_pull_secrets", "registry",
            "run_as_user", "1000",
            "user_namespaces", "true");
    try (var account = cluster.openBehindFront(OURS, further)) {
      account.launch(spec("known001"));
    }

    // What it does not know it would have refused here.
    for (var what : List.of("pods", "secrets")) {
      var sent = cluster.front().asked("create " + what).getFirst().json();
      ((ObjectNode) sent.get("metadata")).put("name", "strict");
      cluster.make(cluster.in(what) + "?fieldValidation=Strict&dryRun=All", sent.toString());
    }
    assertThatThrownBy(
            () ->
                cluster.make(
                    cluster.in("pods") + "?fieldValidation=Strict&dryRun=All",
                    "{'metadata':{'name':'x'},'spec':{'contaners':[]}}"))
        .hasMessageContaining("unknown field");
  }

  @Test
  void whatALaterPodTookTheNameOfIsNotDeleted() {
    var first = launched("taken001");
    var stale = new Deletion(server());
    var pod =
        new Sightings(server(), settings(), OURS).pod(cluster.namespace(), first.ref().name());
    provider.terminate(first.ref());
    cluster.delete(cluster.in("pods") + "/" + first.ref().name() + "?gracePeriodSeconds=0");
    launched("taken001");

    assertThatThrownBy(() -> stale.pod(pod.orElseThrow(), 0))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.meaning()).isEqualTo(Meaning.CHANGED));
    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void aPodThatIsOnANodeIsEndingUntilTheNodeLetsGoOfIt() {
    var machine = launched("ending01");

    provider.terminate(machine.ref());
    provider.terminate(machine.ref());

    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.ENDING);
    assertRefused(provider.launch(spec("ending01")), "was ended");
    assertThat(cluster.look(cluster.in("secrets")).at("/items")).isEmpty();
  }

  @Test
  void aPodThatRanToItsEndIsListedUntilItIsTerminatedAndDoesNotComeAgain() {
    var machine = launched("done0001");
    var path = cluster.in("pods") + "/" + machine.ref().name();
    cluster.change(path + "/status", "{'status':{'phase':'Succeeded'}}");

    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.STOPPED);
    assertRefused(provider.launch(spec("done0001")), "was ended");
    provider.terminate(machine.ref());
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aSecretWithoutAPodIsListedAndEnded() {
    var name = MachineName.of(OURS, "orphan01");
    cluster.make(
        cluster.in("secrets"),
        ("{'metadata':{'name':'%s','labels':{'nimbus-controller':'ours0001','nimbus-machine':'%s'},"
                + "'annotations':{'nimbus-type':'cpu=1,memory=1Gi','nimbus-org':'acme'}}}")
            .formatted(name, name));

    var left = provider.instances();
    assertThat(left).extracting(Instance::state).containsExactly(Instance.State.STOPPED);
    assertThat(left.getFirst().ref().name()).isEqualTo(name);
    provider.terminate(left.getFirst().ref());

    assertThat(provider.instances()).isEmpty();
    assertThat(cluster.look(cluster.in("secrets")).at("/items")).isEmpty();
  }

  @Test
  void aSecretThatAnEarlierPodLeftIsReplaced() {
    var name = MachineName.of(OURS, "stale001");
    cluster.make(
        cluster.in("secrets"),
        "{'metadata':{'name':'%s','labels':{'nimbus-controller':'ours0001','nimbus-machine':'%s'}}}"
            .formatted(name, name));

    var machine = launched("stale001");

    var secret = cluster.look(cluster.in("secrets") + "/" + name);
    assertThat(secret.at("/metadata/ownerReferences/0/uid").asString())
        .isEqualTo(machine.ref().id());
  }

  @Test
  void aSecretThatIsNotOursIsLeftAndNoPodWaitsForIt() {
    var name = MachineName.of(OURS, "alien001");
    cluster.make(cluster.in("secrets"), "{'metadata':{'name':'%s'}}".formatted(name));

    assertRefused(provider.launch(spec("alien001")), "not ours");

    assertThat(provider.instances()).isEmpty();
    provider.terminate(new InstanceRef(name, cluster.namespace(), ""));
    assertThat(cluster.look(cluster.in("secrets") + "/" + name).at("/metadata/name").asString())
        .isEqualTo(name.value());
  }

  @Test
  void aPodThatIsNotOursIsNeitherTakenNorEnded() {
    var name = MachineName.of(OURS, "alien002");
    cluster.make(
        cluster.in("pods"),
        "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'a','image':'b'}]}}"
            .formatted(name));

    assertRefused(provider.launch(spec("alien002")), "not ours");
    assertThatThrownBy(() -> provider.terminate(new InstanceRef(name, cluster.namespace(), "")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));

    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void machinesAreListedPageByPageAndFromTheBeginningWhenAListExpires() {
    for (var i = 0; i < 5; i++) {
      launched("paged00" + i);
    }
    cluster.front().pagesOf(2);
    cluster
        .front()
        .refuseNextPage(Said.error(410, "Expired", "The provided continue parameter is too old"));

    assertThat(provider.instances()).hasSize(5);
    assertThat(cluster.front().asked("list pods"))
        .filteredOn(call -> call.says("continue="))
        .hasSize(3);
  }

  @Test
  void aCheckNamesWhatTheClusterDoesNotHave() {
    var further =
        Map.of(
            "namespaces", cluster.namespace() + ", nowhere-at-all",
            "image_pull_secrets", "registry",
            "priority_class", "never-made");
    try (var account = cluster.open(OURS, further)) {
      var wrong = account.check().stream().filter(finding -> !finding.fine()).toList();

      assertThat(wrong)
          .extracting(Finding::what)
          .contains(
              "secret registry is in namespace " + cluster.namespace(),
              "a pod would be taken in namespace " + cluster.namespace(),
              "may create pods in namespace nowhere-at-all");
      assertThat(wrong).extracting(Finding::advice).anyMatch(said -> said.contains("never-made"));
    }
    try (var account = cluster.open(OURS, Map.of("runtime_class", "never-made"))) {
      assertThat(account.check())
          .filteredOn(finding -> !finding.fine())
          .extracting(Finding::advice)
          .singleElement()
          .asString()
          .contains("never-made");
    }
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aTokenThatIsNotBelievedIsSaidToBe() {
    var account =
        Accounts.account(
            Map.of(
                "namespaces", cluster.namespace(),
                "server", peer.url().toString(),
                "ca_certificate", peer.authorities()));
    try (var stranger =
        KubernetesProvider.open(account, Map.of("token", "not-a-token-of-anybody"), OURS)) {
      assertRefused(stranger.launch(spec("token001")), "does not believe the token");
    }
  }

  @Test
  void aServerThatNobodyKnownSignedForIsNotTold() {
    var account =
        Accounts.account(
            Map.of("namespaces", cluster.namespace(), "server", peer.url().toString()));
    try (var trusting = KubernetesProvider.open(account, Map.of("token", peer.user()), OURS)) {
      assertThatThrownBy(trusting::instances)
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("certification path");
    }
  }

  private void quota(String json, String name) {
    cluster.make(cluster.in("resourcequotas"), json);
    var path = cluster.in("resourcequotas") + "/" + name;
    var hard = cluster.look(path).at("/spec/hard").toString();
    cluster.change(
        path + "/status",
        "{'status':{'hard':%s,'used':%s}}"
            .formatted(hard, hard.replaceAll(":\"[^\"]*\"", ":\"0\"")));
  }

  private ApiServer server() {
    return new ApiServer(settings().access());
  }

  private Settings settings() {
    return SettingsReader.read(
        Accounts.account(
            Map.of("namespaces", cluster.namespace(), "server", cluster.front().url().toString())),
        Map.of("token", peer.user()));
  }

  private Instance launched(String unique) {
    var answer = provider.launch(spec(unique));
    assertThat(answer).isInstanceOf(Launch.Launched.class);
    return ((Launch.Launched) answer).instance();
  }

  private static void assertRefused(Launch answer, String why) {
    assertThat(answer)
        .isInstanceOfSatisfying(Launch.Refused.class, said -> assertThat(said.why()).contains(why));
  }

  private MachineSpec spec(String unique) {
    return spec(unique, Accounts.TYPE);
  }

  private MachineSpec spec(String unique, String type) {
    Cell cell = Accounts.cell(cluster.namespace(), type);
    return new MachineSpec(
        MachineName.of(OURS, unique),
        new Owner(new OrgId("acme"), new PoolName("linux")),
        cell,
        0,
        "#!/bin/sh\n",
        Duration.ofHours(6));
  }
}
