package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.refused;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.provider.Instance;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same project with Hetzner's own client: what we make it understands, and what it makes the
 * fake takes as Hetzner's client means it.
 */
final class HcloudTest {
  private final HetznerAccount account = new HetznerAccount();
  private final FakeHetzner fake = account.fake();
  private final HetznerProvider provider = account.open(OURS);
  private Hcloud hcloud;

  @TempDir Path home;

  @BeforeEach
  void find() {
    hcloud = Hcloud.at(fake.url(), FakeHetzner.TOKEN, home);
  }

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void itListsAndDescribesAMachineOfOurs() {
    var spec = spec("hcloud01");
    var made = launched(provider.launch(spec));
    fake.settle();

    var listed =
        hcloud.run(
            "server",
            "list",
            "--selector",
            "nimbus-controller=ours0001",
            "-o",
            "noheader",
            "-o",
            "columns=id,name,status,type");
    var described =
        JsonMapper.shared()
            .readTree(hcloud.run("server", "describe", spec.name().value(), "-o", "json"));

    assertThat(listed.split("\\s+"))
        .containsExactly(made.ref().id(), spec.name().value(), "running", "cpx22");
    assertThat(described.path("labels").path("nimbus-machine").stringValue())
        .isEqualTo(spec.name().value());
    assertThat(described.path("image").path("id").longValue()).isEqualTo(161_547_269);
  }

  @Test
  void whatItMadeIsNotOurs() throws IOException {
    var userData = Files.writeString(home.resolve("user-data"), "#cloud-config\n");
    var spec = spec("hcloud02");

    var printed =
        hcloud.run(
            "server",
            "create",
            "--name",
            spec.name().value(),
            "--type",
            "cpx22",
            "--image",
            "ubuntu-24.04",
            "--location",
            "fsn1",
            "--ssh-key",
            FakeHetzner.SSH_KEY,
            "--label",
            "team=a",
            "--user-data-from-file",
            userData.toString());

    assertThat(printed).contains("created");
    assertThat(fake.only().userData()).isEqualTo("#cloud-config\n");
    assertThat(provider.instances()).isEmpty();
    assertThat(refused(provider.launch(spec))).contains("somebody else's");
  }

  @Test
  void itDeletesAMachineOfOurs() {
    var made = launched(provider.launch(spec("hcloud03")));
    fake.settle();

    hcloud.run("server", "delete", made.ref().name().value());

    assertThat(provider.instances()).isEmpty();
    provider.terminate(made.ref());
  }

  @Test
  void itRebuildsAMachineOfOurs() {
    var made = launched(provider.launch(spec("hcloud04")));
    fake.settle();

    hcloud.run("server", "rebuild", "--image", "300000001", made.ref().id());

    assertThat(fake.only().image()).isEqualTo("300000001");
    assertThat(fake.only().builds()).isEqualTo(2);
    assertThat(provider.instances()).extracting(Instance::ref).containsExactly(made.ref());
  }

  @Test
  void itIsRefusedASecondServerOfOneName() {
    var spec = spec("hcloud05");
    launched(provider.launch(spec));

    assertThatThrownBy(
            () ->
                hcloud.run(
                    "server",
                    "create",
                    "--name",
                    spec.name().value(),
                    "--type",
                    "cpx22",
                    "--image",
                    "ubuntu-24.04"))
        .hasMessageContaining("uniqueness_error");
  }
}
