package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.tool.VendorProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls and answers in the words of the types of Hetzner's own client of 2026, which know what the
 * description does not: locations of servers and of types, rebuilding with user data.
 */
final class PeerTest {
  /** Keys are left out: that client sends their numbers, where names are as good. */
  private static final Map<String, String> ALL =
      Map.of(
          "server_types", "cpx22, cx11",
          "images", "debian-12, 300000001",
          "networks", "4711",
          "firewalls", "38");

  private final HetznerAccount account = new HetznerAccount();
  private Path peer = Path.of("");

  @BeforeEach
  void find() {
    peer = VendorProgram.file("hetzner-peer", "go build, see .ci/run");
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void everythingThatIsAskedAndAnsweredIsKnownToHetznersOwnTypes() throws IOException {
    try (var provider = account.open(OURS, ALL)) {
      var cell = HetznerAccount.cell("cpx22", "300000001");
      var made = launched(provider.launch(spec("peer0001", cell)));
      provider.launch(spec("peer0001", cell));
      account.fake().reachQuota();
      provider.launch(spec("peer0002", cell));
      account.fake().settle();
      provider.instances();
      launched(provider.recycle(made.ref(), spec("peer0003", cell)));
      provider.terminate(provider.instances().getFirst().ref());
      provider.listPrices(Set.of("cpx22"));
      provider.check();
    }
    var calls = account.fake().asked();

    assertThat(calls.size()).isGreaterThan(20);
    assertThat(differences(calls)).isEmpty();
  }

  @Test
  void whatItDoesNotKnowIsNoticed() throws IOException {
    var call =
        "{\"name\":\"x\",\"server_type\":\"cpx22\",\"image\":\"1\",\"data_center\":\"fsn1\"}";
    var answer = "{\"server\":{\"id\":\"seven\"}}";
    var wrong = new Observed("POST", "/v1/servers", "", Map.of(), call, 201, Map.of(), answer);

    assertThat(differences(List.of(wrong)))
        .hasSize(2)
        .anyMatch(line -> line.contains("data_center"))
        .anyMatch(line -> line.contains("server.id"));
  }

  private List<String> differences(List<Observed> calls) throws IOException {
    var lines = new ArrayList<String>();
    for (var call : calls) {
      lines.add(
          Json.text(
              Json.object(
                  "method", call.method(),
                  "path", call.path().replaceFirst("^/v1", ""),
                  "body", call.body(),
                  "status", call.status(),
                  "answer", call.answer())));
    }
    var process = new ProcessBuilder(peer.toString()).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).isZero();
    return printed.lines().toList();
  }
}
