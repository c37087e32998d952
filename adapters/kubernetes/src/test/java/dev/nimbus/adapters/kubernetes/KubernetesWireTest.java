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
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an API server is told, and what is made of its answers. */
final class KubernetesWireTest {
  private static final ControllerId OURS = new ControllerId("ours0001");
  private static final String TICKET = "ticket-7c1f-grüße";

  private final MockCluster cluster = new MockCluster();
  private final Provider provider = cluster.open(OURS);

  @AfterEach
  void leave() {
    provider.close();
    cluster.close();
  }

  @Test
  void theScriptIsInASecretOfThePodAndNowhereElse() {
    provider.launch(spec("wire0001"));

    var pod = only("create pods").body();
    var secret = only("create secrets").json();
    var script = Base64.getDecoder().decode(secret.at("/data/boot").asString());
    assertThat(new String(script, StandardCharsets.UTF_8)).contains(TICKET);
    assertThat(pod).doesNotContain(TICKET).doesNotContain(secret.at("/data/boot").asString());
    assertThat(secret.at("/metadata/ownerReferences/0/kind").asString()).isEqualTo("Pod");
    assertThat(secret.at("/metadata/ownerReferences/0/uid").asString()).isNotEmpty();
    assertThat(secret.at("/immutable").asBoolean()).isTrue();
    assertThat(pod().at("/spec/volumes/0/secret/secretName")).isEqualTo(pod().at("/metadata/name"));
    assertThat(container().at("/command").toString())
        .isEqualTo("[\"/bin/sh\",\"/run/nimbus-boot/boot\"]");
    assertThat(container().at("/volumeMounts/0/readOnly").asBoolean()).isTrue();
    assertThat(container().has("env")).isFalse();
  }

  @Test
  void aPodMayDoNothingThatItNeedNot() {
    provider.launch(spec("wire0002"));

    var security = container().at("/securityContext");
    assertThat(security.at("/privileged").asBoolean(true)).isFalse();
    assertThat(security.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
    var spec = pod().at("/spec");
    assertThat(spec.at("/securityContext/seccompProfile/type").asString())
        .isEqualTo("RuntimeDefault");
    assertThat(spec.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(spec.at("/enableServiceLinks").asBoolean(true)).isFalse();
    assertThat(spec.propertyNames())
        .doesNotContain("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace");
    assertThat(spec.at("/volumes")).hasSize(1);
  }

  @Test
  void aPodEndsByItselfAndIsNotStartedAgain() {
    provider.launch(spec("wire0003"));

    assertThat(pod().at("/spec/restartPolicy").asString()).isEqualTo("Never");
    assertThat(pod().at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(6 * 60 * 60);
  }

  @Test
  void aPodIsHeldToWhatItAsksFor() {
    var cell = Accounts.cell(MockCluster.NAMESPACE, "cpu=4,memory=16Gi,nvidia.com/gpu=1");
    provider.launch(spec("wire0004", cell, 77, ""));

    var resources = container().at("/resources");
    assertThat(resources.at("/requests")).isEqualTo(resources.at("/limits"));
    assertThat(resources.at("/limits/cpu").asString()).isEqualTo("4");
    assertThat(resources.at("/limits/memory").asString()).isEqualTo("16Gi");
    assertThat(resources.at("/limits/ephemeral-storage").asString()).isEqualTo("77Gi");
    assertThat(resources.at("/limits").get("nvidia.com/gpu").asString()).isEqualTo("1");
  }

  @Test
  void anAccountSaysWhatAllItsPodsHave() {
    var further =
        Map.of(
            "service_account", "runner",
            "node_selector", "disk=nvme",
            "tolerations", "runners=yes:NoSchedule, spot",
            "priority_class", "low",
            "runtime_class", "gvisor",
            "image_pull_secrets", "registry",
            "run_as_user", "1000",
            "user_namespaces", "true");
    try (var account = cluster.open(OURS, further)) {
      account.launch(spec("wire0005"));
    }

    var spec = pod().at("/spec");
    assertThat(spec.at("/serviceAccountName").asString()).isEqualTo("runner");
    assertThat(spec.at("/nodeSelector/disk").asString()).isEqualTo("nvme");
    assertThat(spec.at("/nodeSelector").get("kubernetes.io/os").asString()).isEqualTo("linux");
    assertThat(spec.at("/priorityClassName").asString()).isEqualTo("low");
    assertThat(spec.at("/runtimeClassName").asString()).isEqualTo("gvisor");
    assertThat(spec.at("/imagePullSecrets/0/name").asString()).isEqualTo("registry");
    assertThat(spec.at("/hostUsers").asBoolean(true)).isFalse();
    assertThat(spec.at("/tolerations/0/operator").asString()).isEqualTo("Equal");
    assertThat(spec.at("/tolerations/1/operator").asString()).isEqualTo("Exists");
    assertThat(container().at("/securityContext/runAsUser").asInt()).isEqualTo(1000);
    assertThat(container().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
  }

  @Test
  void anOwnerWhoseNameNoLabelHoldsIsToldInFull() {
    var long64 = "a".repeat(63) + "-";
    var spec =
        new MachineSpec(
            MachineName.of(OURS, "wire0006"),
            new Owner(new OrgId(long64), new PoolName("linux-")),
            Accounts.cell(MockCluster.NAMESPACE),
            0,
            "",
            Duration.ofHours(6));
    provider.launch(spec);

    assertThat(pod().at("/metadata/labels").get(Owner.ORG).asString())
        .hasSizeLessThan(64)
        .matches("[a-z0-9].*[a-z0-9]");
    assertThat(provider.instances().getFirst().tags())
        .containsEntry(Owner.ORG, long64)
        .containsEntry(Owner.POOL, "linux-");
  }

  @Test
  void everyCallHasTheTokenAndNoneGoesElsewhere() {
    provider.launch(spec("wire0007"));
    provider.instances();

    assertThat(cluster.front().asked())
        .isNotEmpty()
        .allMatch(call -> call.authorization().equals("Bearer " + MockCluster.TOKEN));
  }

  @Test
  void nothingOfASecretIsReadButItsNames() {
    provider.launch(spec("wire0008"));
    provider.instances();
    var name = MachineName.of(OURS, "wire0008");
    provider.terminate(new InstanceRef(name, MockCluster.NAMESPACE, ""));

    assertThat(cluster.front().asked())
        .filteredOn(call -> call.resource().equals("secrets") && call.method().equals("GET"))
        .hasSize(2)
        .allMatch(call -> call.accept().startsWith("application/json;as=PartialObjectMetadata"));
  }

  @Test
  void anAnswerLostWithTheSecretLeavesOneWholeMachineAfterTheSameRequest() {
    cluster.front().loseAnswerOfSecret();
    assertUnavailable(spec("wire0009"));
    assertThat(provider.launch(spec("wire0009"))).isInstanceOf(Launch.Launched.class);

    cluster.front().loseSecret();
    assertUnavailable(spec("wire0010"));
    assertThat(provider.launch(spec("wire0010"))).isInstanceOf(Launch.Launched.class);

    assertThat(provider.instances()).hasSize(2);
  }

  @Test
  void aSecretThatIsRefusedLeavesNoPodBehind() {
    cluster
        .front()
        .refuseSecret(
            Said.error(
                403, "Forbidden", "secrets \"x\" is forbidden: exceeded quota: q, requested: 1"));

    assertThat(provider.launch(spec("wire0011"))).isInstanceOf(Launch.OverQuota.class);
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aPodThatMayRunAlreadyIsNotTakenBackForWantOfAnAnswer() {
    provider.launch(spec("wire0017"));
    cluster.front().refuseSecret(new Said(429, "1", "Too many requests"));

    assertUnavailable(spec("wire0017"));

    assertThat(cluster.front().asked("delete pods")).isEmpty();
    assertThat(provider.launch(spec("wire0017"))).isInstanceOf(Launch.Launched.class);
  }

  @Test
  void aPodThatCannotBeTakenBackIsNotSaidToBeNone() {
    cluster.front().refuseSecret(new Said(429, "1", "Too many requests"));
    cluster.front().refuseDeletion(new Said(429, "1", "Too many requests"));

    assertUnavailable(spec("wire0018"));

    assertThat(provider.launch(spec("wire0018"))).isInstanceOf(Launch.Launched.class);
    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotOfKubernetesIsNoAnswer() {
    cluster.front().refusePod(Said.of(200, "<html>Welcome to the hotel</html>"));
    assertUnavailable(spec("wire0019"));
    cluster.front().refusePod(Said.of(200, ""));
    assertUnavailable(spec("wire0019"));
    cluster.front().refusePod(Said.of(302, ""));
    assertThat(provider.launch(spec("wire0019"))).isInstanceOf(Launch.Refused.class);
  }

  @Test
  void aPodThatFindsNoRoomIsLeftWaitingWhereNodesAreAdded() {
    cluster.front().runOut();
    try (var account = cluster.open(OURS, Map.of("autoscaled", "true"))) {
      assertThat(account.launch(spec("wire0012"))).isInstanceOf(Launch.Launched.class);
    }

    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void theNameOfAPodThatIsNotOursIsNotTaken() {
    provider.launch(spec("wire0013"));

    var other = spec("wire0013", Accounts.cell(MockCluster.NAMESPACE, "cpu=1,memory=1Gi"), 0, "");
    assertThat(provider.launch(other))
        .isInstanceOfSatisfying(
            Launch.Refused.class, answer -> assertThat(answer.why()).contains("other parameters"));
    assertThat(provider.instances()).hasSize(1);
  }

  @Test
  void howLongToStayAwayIsWhatTheServerSays() {
    cluster.front().throttle(Duration.ofSeconds(7));
    assertThat(provider.launch(spec("wire0014")))
        .isInstanceOfSatisfying(
            Launch.Throttled.class,
            answer -> assertThat(answer.again()).isEqualTo(Duration.ofSeconds(7)));

    cluster.front().refusePod(new Said(503, "3", "apiserver is shutting down"));
    assertThat(provider.launch(spec("wire0014")))
        .isInstanceOfSatisfying(
            Launch.Throttled.class,
            answer -> assertThat(answer.again()).isEqualTo(Duration.ofSeconds(3)));
  }

  @Test
  void aRefusalIsNotRepeatedByItself() {
    cluster.front().refusePod(Said.error(500, "InternalError", "failed calling webhook"));
    assertUnavailable(spec("wire0015"));

    assertThat(cluster.front().asked("create pods")).hasSize(1);
  }

  @Test
  void aMissingPermissionIsNamed() {
    cluster
        .front()
        .refusePod(
            Said.error(
                403,
                "Forbidden",
                "pods is forbidden: User \"n\" cannot create resource \"pods\" in API group \"\""));

    assertThat(provider.launch(spec("wire0016")))
        .isInstanceOfSatisfying(
            Launch.Refused.class, answer -> assertThat(answer.why()).contains("'create pods'"));
  }

  @Test
  void whatNoPodCanBeIsRefusedBeforeItIsAskedFor() {
    var cell = Accounts.cell(MockCluster.NAMESPACE);
    var spot = new Cell(cell.provider(), cell.place(), cell.type(), cell.image(), Market.SPOT);
    var elsewhere = Accounts.cell("kube-system");
    var noImage = new Cell(cell.provider(), cell.place(), cell.type(), "", cell.market());
    var huge = "x".repeat(PodRequest.MOST_USER_DATA + 1);

    for (var spec :
        List.of(
            spec("never001", spot, 0, ""),
            spec("never002", elsewhere, 0, ""),
            spec("never003", noImage, 0, ""),
            spec("never004", cell, 0, huge))) {
      assertThat(provider.launch(spec)).isInstanceOf(Launch.Refused.class);
    }

    assertThat(cluster.front().asked()).isEmpty();
  }

  @Test
  void aCheckMakesNothingAndNamesWhatIsMissing() {
    cluster.deny("delete secrets");

    var wrong = provider.check().stream().filter(finding -> !finding.fine()).toList();

    assertThat(wrong)
        .extracting(Finding::what)
        .containsExactly("may delete secrets in namespace runners");
    assertThat(wrong.getFirst().advice()).contains("'delete'", "'secrets'");
    assertThat(cluster.front().asked("create pods")).allMatch(call -> call.says("dryRun=All"));
    assertThat(provider.instances()).isEmpty();
  }

  private void assertUnavailable(MachineSpec spec) {
    assertThatThrownBy(() -> provider.launch(spec))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private Asked only(String permission) {
    var asked = cluster.front().asked(permission);
    assertThat(asked).hasSize(1);
    return asked.getFirst();
  }

  private JsonNode pod() {
    return only("create pods").json();
  }

  private JsonNode container() {
    return pod().at("/spec/containers/0");
  }

  private static MachineSpec spec(String unique) {
    return spec(unique, Accounts.cell(MockCluster.NAMESPACE), 0, "#!/bin/sh\necho " + TICKET);
  }

  private static MachineSpec spec(String unique, Cell cell, int disk, String userData) {
    return new MachineSpec(
        MachineName.of(OURS, unique),
        new Owner(new OrgId("acme"), new PoolName("linux")),
        cell,
        disk,
        userData,
        Duration.ofHours(6));
  }
}
