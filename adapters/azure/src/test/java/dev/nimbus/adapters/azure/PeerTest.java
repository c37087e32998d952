package dev.nimbus.adapters.azure;

import static dev.nimbus.adapters.azure.AzureAccount.OURS;
import static dev.nimbus.adapters.azure.AzureAccount.cell;
import static dev.nimbus.adapters.azure.AzureAccount.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.provider.azure.FakeArm;
import dev.nimbus.testkit.tool.VendorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Microsoft's own client for Go, as another one of the same Azure, and as who reads what we say.
 */
final class PeerTest {
  private static final Map<String, String> ALL =
      Map.of(
          "security_groups", "westeurope=" + FakeArm.securityGroup(),
          "public_ip", "true",
          "identity", FakeArm.identity(),
          "disk_type", "Premium_LRS",
          "encryption_at_host", "true",
          "check_types", "Standard_D4s_v5",
          "check_images", FakeArm.image() + "," + FakeArm.galleryImage());

  private final AzureAccount account = new AzureAccount();
  private Path peer = Path.of("");

  @TempDir private Path folder;

  @BeforeEach
  void find() {
    peer = VendorFile.of("bin/azure-peer", "go build, see .ci/run");
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void everythingThatIsAskedAndAnsweredIsKnownToMicrosoftsOwnTypes() throws Exception {
    useEverything();

    var calls = account.arm().asked();

    assertThat(calls.size()).isGreaterThan(25);
    assertThat(differences(calls)).isEmpty();
  }

  @Test
  void whatItDoesNotKnowIsNoticed() throws Exception {
    var path = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m";
    var call = "{\"properties\":{\"priority\":\"Cheap\",\"evictPolicy\":\"Delete\"}}";
    var answer = "{\"location\":7}";
    var wrong = new Observed("PUT", path, "", Map.of(), call, 201, Map.of(), answer);

    assertThat(differences(List.of(wrong)))
        .hasSize(3)
        .anyMatch(line -> line.contains("nobody knows /properties/evictPolicy"))
        .anyMatch(line -> line.contains("'Cheap'"))
        .anyMatch(line -> line.contains("Location"));
  }

  @Test
  void microsoftsOwnClientSeesAndDeletesWhatWeMade() throws Exception {
    try (var provider = account.open(OURS)) {
      assertThat(provider.launch(spec("peer0001"))).isInstanceOf(Launch.Launched.class);

      assertThat(peer("list")).containsExactly("nb-ours0001-peer0001 westeurope Succeeded");
      assertThat(peer("delete", "nb-ours0001-peer0001")).containsExactly("gone");
      assertThat(provider.instances()).isEmpty();
    }
  }

  @Test
  void weSeeAndDeleteWhatMicrosoftsOwnClientMade() throws Exception {
    try (var provider = account.open(OURS)) {
      var name = "nb-ours0001-peer0002";
      assertThat(peer("create", name, FakeArm.subnet(), "ours0001"))
          .containsExactly(name + " Succeeded");

      var seen = provider.instances();
      assertThat(seen).extracting(one -> one.ref().name().value()).containsExactly(name);
      assertThat(seen).extracting(Instance::state).containsExactly(Instance.State.RUNNING);
      provider.terminate(seen.getFirst().ref());
      account.arm().settle();
      assertThat(peer("list")).isEmpty();
    }
  }

  private void useEverything() {
    try (var provider = account.open(OURS, ALL)) {
      var spot = cell("westeurope-2", "Standard_D4s_v5", FakeArm.galleryImage(), Market.SPOT);
      var made = (Launch.Launched) provider.launch(spec("peer0003", spot));
      provider.launch(spec("peer0003", spot));
      account.arm().runOut();
      provider.launch(spec("peer0004"));
      account.arm().reachQuota();
      provider.launch(spec("peer0005"));
      account.arm().throttle(Duration.ofSeconds(5));
      provider.launch(spec("peer0006"));
      account.arm().pagesOf(1);
      provider.instances();
      account.arm().restrict("Standard_D4s_v5");
      provider.check();
      provider.terminate(made.instance().ref());
      account.arm().vanish(made.instance().ref().name().value());
      provider.terminate(provider.instances().getFirst().ref());
    }
  }

  private List<String> differences(List<Observed> calls) throws IOException {
    var lines = new ArrayList<String>();
    for (var call : calls) {
      lines.add(
          JsonMapper.shared()
              .createObjectNode()
              .put("method", call.method())
              .put("path", call.path())
              .put("body", call.body())
              .put("status", call.status())
              .put("answer", call.answer())
              .toString());
    }
    return run(List.of(peer.toString(), "read"), String.join("\n", lines));
  }

  private List<String> peer(String verb, String... words) throws IOException {
    var certificate = Files.writeString(folder.resolve("azure.pem"), FakeArm.certificate());
    var command =
        new ArrayList<>(
            List.of(
                peer.toString(),
                account.arm().url(),
                certificate.toString(),
                verb,
                FakeArm.subscription(),
                FakeArm.group(),
                account.arm().token()));
    command.addAll(List.of(words));
    return run(command, "");
  }

  private static List<String> run(List<String> command, String input) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(printed).isZero();
    return printed.lines().toList();
  }
}
