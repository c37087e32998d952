package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.THEIRS;
import static dev.nimbus.adapters.hetzner.Specs.USER_DATA;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.refused;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.testkit.provider.hetzner.FakeHetzner;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Hetzner is told when a machine is wanted, and what becomes of its answers. */
final class LaunchingTest {
  private final HetznerAccount account = new HetznerAccount();
  private final FakeHetzner fake = account.fake();
  private final HetznerProvider provider = account.open(OURS);

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMachineReadsItsUserDataAndCarriesItsNameAndItsOwner() {
    var spec = spec("wire0001");

    provider.launch(spec);

    assertThat(fake.only().name()).isEqualTo(spec.name().value());
    assertThat(fake.only().userData()).isEqualTo(USER_DATA);
    assertThat(fake.only().labels()).containsAllEntriesOf(spec.tags());
  }

  @Test
  void aMachineIsAskedForAtALocationAndNeverAtADataCenter() {
    provider.launch(spec("wire0002"));

    assertThat(body().path("location").stringValue()).isEqualTo("fsn1");
    assertThat(body().has("datacenter")).isFalse();
    assertThat(body().path("server_type").stringValue()).isEqualTo("cpx22");
    assertThat(body().path("start_after_create").booleanValue()).isTrue();
    assertThat(body().has("ssh_keys")).isFalse();
    assertThat(body().has("networks")).isFalse();
  }

  @Test
  void aNamedImageIsThatOfTheArchitectureOfTheType() {
    provider.launch(spec("wire0003", HetznerAccount.cell("cax11", "ubuntu-24.04")));

    assertThat(fake.only().image()).isEqualTo("161547270");
  }

  @Test
  void anImageOfTheProjectIsUsedByItsNumber() {
    provider.launch(spec("wire0004", HetznerAccount.cell("cpx22", "300000001")));

    assertThat(fake.only().image()).isEqualTo("300000001");
  }

  @Test
  void anImageOfAnotherArchitectureIsRefused() {
    var answer = provider.launch(spec("wire0005", HetznerAccount.cell("cax11", "300000001")));

    assertThat(refused(answer)).contains("300000001", "arm", "cax11");
    assertThat(fake.asked("POST", "/v1/servers")).isEmpty();
  }

  @Test
  void networksFirewallsAndKeysAreThoseOfTheAccount() {
    var options =
        Map.of(
            "ssh_keys",
            FakeHetzner.SSH_KEY,
            "networks",
            Long.toString(FakeHetzner.NETWORK),
            "firewalls",
            Long.toString(FakeHetzner.FIREWALL),
            "public_ipv6",
            "false");
    try (var other = account.open(OURS, options)) {
      launched(other.launch(spec("wire0006")));
    }

    assertThat(body().path("ssh_keys").get(0).stringValue()).isEqualTo("operators");
    assertThat(body().path("networks").get(0).longValue()).isEqualTo(4711);
    assertThat(body().path("firewalls").get(0).path("firewall").longValue()).isEqualTo(38);
    assertThat(body().path("public_net").path("enable_ipv4").booleanValue()).isTrue();
    assertThat(body().path("public_net").path("enable_ipv6").booleanValue()).isFalse();
  }

  @Test
  void whatCannotBeIsRefusedWithoutACall() {
    var known = HetznerAccount.cell();
    var spot = new Cell(known.provider(), "fsn1", "cpx22", known.image(), Market.SPOT);
    var elsewhere = new Cell(known.provider(), "hel1", "cpx22", known.image(), Market.ON_DEMAND);
    var long64 = new Owner(new OrgId("a".repeat(64)), new PoolName("linux"));
    var unlabelled =
        new MachineSpec(
            MachineName.of(OURS, "label001"), long64, known, 0, "", Duration.ofHours(1));

    assertThat(refused(provider.launch(spec("cannot01", spot)))).contains("no spot market");
    assertThat(refused(provider.launch(spec("cannot02", elsewhere)))).contains("hel1", "fsn1");
    assertThat(refused(provider.launch(spec("cannot03", HetznerAccount.cell("cpx22", "")))))
        .contains("no image");
    assertThat(refused(provider.launch(spec(OURS, "cannot04", known, 0, "ü".repeat(16_385)))))
        .contains("32770 bytes", "32768");
    assertThat(refused(provider.launch(unlabelled))).contains("cannot be a label");
    assertThat(fake.asked()).isEmpty();
  }

  @Test
  void asMuchUserDataAsHetznerTakesIsTaken() {
    var most = "ü".repeat(16_384);

    launched(provider.launch(spec(OURS, "most0001", HetznerAccount.cell(), 0, most)));

    assertThat(fake.only().userData()).isEqualTo(most);
  }

  @Test
  void aDiskLargerThanThatOfTheTypeIsRefused() {
    var answer = provider.launch(spec(OURS, "disk0001", HetznerAccount.cell(), 81, ""));

    assertThat(refused(answer)).contains("80 GiB", "81");
    launched(provider.launch(spec(OURS, "disk0002", HetznerAccount.cell(), 80, "")));
  }

  @Test
  void anAccountThatNamesItsTypesAndImagesHasNoOthers() {
    try (var other = account.open(OURS, Map.of("server_types", "cax11", "images", "debian-12"))) {
      assertThat(refused(other.launch(spec("among001")))).contains("cpx22", "server_types");
      assertThat(refused(other.launch(spec("among002", HetznerAccount.cell("cax11", "ubuntu")))))
          .contains("ubuntu", "images");
    }
  }

  @Test
  void whatIsSoldOutIsMissingCapacity() {
    var cell = HetznerAccount.cell("cpx62", HetznerAccount.IMAGE);

    assertThat(provider.launch(spec("soldout1", cell))).isInstanceOf(Launch.OutOfCapacity.class);
  }

  @Test
  void aServerOfSomebodyElsesUnderOurNameIsNeverTaken() {
    var spec = spec("foreign1");
    var made = launched(provider.launch(spec));
    fake.relabel(
        Long.parseLong(made.ref().id()), spec.name().value(), Map.of("made-by", "a person"));

    assertThat(refused(provider.launch(spec))).contains("somebody else's");
  }

  @Test
  void aMachineThatWasAskedForWithOtherParametersIsNotTaken() {
    launched(provider.launch(spec("other001")));
    var changed = spec(OURS, "other001", HetznerAccount.cell(), 0, "#cloud-config\n# changed\n");

    assertThat(refused(provider.launch(changed))).contains("other parameters");
    launched(provider.launch(spec("other001")));
    assertThat(fake.only().builds()).isEqualTo(1);
  }

  @Test
  void optionsThatChangedInBetweenMakeNoSecondMachine() {
    var first = launched(provider.launch(spec("option01")));
    try (var changed = account.open(OURS, Map.of("public_ipv6", "false"))) {
      assertThat(launched(changed.launch(spec("option01"))).ref()).isEqualTo(first.ref());
    }
    assertThat(fake.only().builds()).isEqualTo(1);
  }

  @Test
  void aMachineThatTookTheLastPlaceIsFoundWhenItIsAskedForAgain() {
    var first = launched(provider.launch(spec("lastone1")));
    fake.reachQuota();

    assertThat(launched(provider.launch(spec("lastone1"))).ref()).isEqualTo(first.ref());
  }

  @Test
  void aNameThatIsTakenAndNotSeenYetIsNoAnswer() {
    fake.nameLate();
    launched(provider.launch(spec("unseen01")));

    assertThatThrownBy(() -> provider.launch(spec("unseen01")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("not seen yet");
    fake.settle();

    launched(provider.launch(spec("unseen01")));
  }

  @Test
  void whatBeginsAndFailsAtOnceLeavesNothingBehind() {
    fake.failAtOnce("placement_error");

    assertThat(provider.launch(spec("fails001"))).isInstanceOf(Launch.OutOfCapacity.class);
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void whatFailsLaterIsThereAndDoesNotRun() {
    fake.failLater("action_failed");
    launched(provider.launch(spec("fails002")));
    fake.settle();

    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.STOPPED);
  }

  @Test
  void whatIsLockedInConflictOrInMaintenanceIsLeftAloneForAWhile() {
    for (var code : new String[] {"locked", "conflict", "maintenance"}) {
      fake.refuse(423, code, "later");

      var answer = provider.launch(spec("busy0001"));

      assertThat(answer).isInstanceOf(Launch.Throttled.class);
      assertThat(((Launch.Throttled) answer).again()).isPositive();
    }
  }

  @Test
  void aTokenThatMayNotIsRefusedWithTheCall() {
    var secrets = Map.of("token", FakeHetzner.READING_TOKEN);
    try (var reading = account.open(OURS, Map.of(), secrets)) {
      assertThat(refused(reading.launch(spec("denied01"))))
          .contains("POST /servers", "token_readonly");
    }
    try (var wrong = account.open(OURS, Map.of(), Map.of("token", "x".repeat(64)))) {
      assertThat(refused(wrong.launch(spec("denied02")))).contains("does not believe");
    }
  }

  @Test
  void whatHetznerDoesNotUnderstandItselfIsNoAnswer() {
    fake.refuse(503, "unavailable", "a service is not available");

    assertThatThrownBy(() -> provider.launch(spec("inner001")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void aMachineIsNotLaunchedOfWhatIsKeptForEndingThem() {
    launched(provider.launch(spec("kept0001")));
    fake.leave(100);
    var listed = provider.instances();
    var before = fake.asked().size();

    var answer = (Launch.Throttled) provider.launch(spec("kept0002"));

    assertThat(answer.again()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(82));
    assertThat(fake.asked()).hasSize(before);
    provider.terminate(listed.getFirst().ref());
    account.pass(answer.again().plusSeconds(10));
    launched(provider.launch(spec("kept0003")));
  }

  @Test
  void theNameOfAnotherInstallationIsAnotherMachine() {
    try (var others = account.open(THEIRS)) {
      launched(others.launch(spec(THEIRS, "same0001", HetznerAccount.cell(), 0, "")));
      launched(provider.launch(spec("same0001")));

      assertThat(provider.instances()).hasSize(1);
      assertThat(others.instances()).hasSize(1);
    }
  }

  private JsonNode body() {
    return JsonMapper.shared().readTree(fake.asked("POST", "/v1/servers").getFirst().body());
  }
}
