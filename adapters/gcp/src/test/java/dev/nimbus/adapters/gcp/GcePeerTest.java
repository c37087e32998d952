package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
import dev.nimbus.testkit.tool.VendorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The fake is no Compute Engine of our own making: Google's client for Python knows it as one. */
@ExtendWith(WithGoogle.class)
final class GcePeerTest {
  private final GceAccount account;

  GcePeerTest(Google google) {
    account = new GceAccount(google);
    account.gce().welcomeAnybody();
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void googlesOwnClientSeesAndDeletesWhatWeMade() throws Exception {
    try (var provider = account.open(GceAccount.OURS)) {
      var spec = GceAccount.spec("peer0001");
      assertThat(provider.launch(spec)).isInstanceOf(Launch.Launched.class);

      assertThat(peer("list", "nimbus-controller", "ours0001"))
          .containsExactly("europe-west3-a %s RUNNING".formatted(spec.name()));
      assertThat(peer("delete", "europe-west3-a", spec.name().value())).containsExactly("DONE");
      assertThat(provider.instances()).isEmpty();
    }
  }

  @Test
  void weSeeAndDeleteWhatGooglesOwnClientMade() throws Exception {
    try (var provider = account.open(GceAccount.OURS)) {
      var name = "nb-ours0001-peer0002";
      assertThat(peer("create", "europe-west3-a", name, "ours0001")).containsExactly("DONE");

      var seen = provider.instances();
      assertThat(seen).extracting(one -> one.ref().name().value()).containsExactly(name);
      assertThat(seen).extracting(Instance::state).containsExactly(Instance.State.RUNNING);
      provider.terminate(seen.getFirst().ref());
      account.gce().settle();
      assertThat(peer("list", "nimbus-controller", "ours0001")).isEmpty();
    }
  }

  private List<String> peer(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Google.python().toString());
    command.add(VendorFile.of("gce-peer.py", "git").toString());
    command.add(account.gce().url().toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
