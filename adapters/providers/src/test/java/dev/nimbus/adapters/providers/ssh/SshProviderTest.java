package dev.nimbus.adapters.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.providers.machine.Accounts;
import dev.nimbus.adapters.providers.machine.KeptMachinesContract;
import dev.nimbus.adapters.providers.machine.Processes;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.testkit.provider.ssh.Sshd;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server of OpenSSH. */
@Tag("slow")
final class SshProviderTest extends KeptMachinesContract {
  @TempDir private static Path shared;
  private static Sshd sshd;

  @BeforeAll
  static void startServer() throws IOException {
    Needs.program("sshd");
    Needs.program("ssh-keygen");
    sshd = Sshd.start(shared.resolve("sshd"));
  }

  @AfterAll
  static void stopServer() {
    if (sshd != null) {
      sshd.close();
    }
  }

  @Override
  protected Provider open(ControllerId controller) {
    return open(sshd, controller, Map.of());
  }

  @Override
  protected Cell cell() {
    return cell(sshd.place());
  }

  @Test
  void aCheckSaysWhichPinnedKeyTheHostShows() {
    assertThat(provider().check())
        .extracting(Finding::what)
        .anyMatch(what -> what.contains(sshd.fingerprint()));
  }

  @Test
  void aHostWithAnotherKeyThanThePinnedOneIsRefusedAndItsKeyShown() {
    Sshd.key(folder(), "other", "");
    var wrong = Map.of("host_keys", sshd.knownHost(folder().resolve("other.pub")));

    try (var stranger = open(sshd, OURS, wrong)) {
      var answer = stranger.launch(spec(OURS, "stranger"));

      assertThat(answer).isInstanceOf(Launch.Refused.class);
      assertThat(((Launch.Refused) answer).why()).contains(sshd.fingerprint(), sshd.place());
      assertThatThrownBy(stranger::instances).hasMessageContaining(sshd.fingerprint());
      assertThat(stranger.check())
          .filteredOn(finding -> !finding.fine())
          .singleElement()
          .extracting(Finding::advice)
          .asString()
          .contains(sshd.fingerprint(), withoutComment(sshd.knownHost()));
    }
    assertThat(stateDir()).doesNotExist();
  }

  @Test
  void aHostWithoutAPinnedKeyIsNotTrustedAtItsFirstUse() {
    try (var stranger = open(sshd, OURS, Map.of("host_keys", ""))) {
      assertThat(stranger.launch(spec(OURS, "firstuse"))).isInstanceOf(Launch.Refused.class);
    }
    assertThat(stateDir()).doesNotExist();
  }

  @Test
  void aServerThatAsksForAPasswordIsToldNone() throws IOException {
    try (var asking =
        Sshd.start(
            folder().resolve("asking"), "PasswordAuthentication yes", "PubkeyAuthentication no")) {
      try (var provider = open(asking, OURS, Map.of())) {
        var answer = provider.launch(spec(OURS, "password", cell(asking.place())));

        assertThat(answer).isInstanceOf(Launch.Refused.class);
        assertThat(((Launch.Refused) answer).why()).contains("does not take our key");
        assertThat(provider.check()).anyMatch(f -> f.advice().contains("authorized_keys"));
      }
    }
  }

  @Test
  void aKeyWithAPassphraseLetsUsIn() throws IOException {
    Sshd.key(folder(), "locked", "open sesame");
    try (var server = Sshd.start(folder().resolve("locking"))) {
      Files.copy(
          folder().resolve("locked.pub"),
          folder().resolve("locking/authorized_keys"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      var secrets =
          Map.of(
              "private_key",
              Files.readString(folder().resolve("locked")),
              "passphrase",
              "open sesame");
      try (var provider =
          SshProvider.open(
              Accounts.of(ProviderKind.SSH, options(server, Map.of())), secrets, OURS)) {
        assertThat(provider.check()).allMatch(Finding::fine);
      }
    }
  }

  @Test
  void aHostThatIsAwayIsNamedAndItsMachinesAreNotSaidToBeGone() throws IOException {
    try (var away = Sshd.start(folder().resolve("away"));
        var both =
            open(
                sshd,
                OURS,
                Map.of(
                    "hosts", sshd.host() + ", away=" + away.host(),
                    "host_keys", sshd.knownHost() + "\n" + away.knownHost()))) {
      var machine = launched(both.launch(spec(OURS, "remains1")));
      away.kill();

      assertThatThrownBy(both::instances)
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("'away'");
      assertThatThrownBy(() -> both.launch(spec(OURS, "remains2", cell("away"))))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      assertThat(both.check()).anyMatch(f -> !f.fine() && f.what().startsWith("away:"));
      both.terminate(machine.ref());
    }
  }

  @Test
  void aConnectionThatBrokeIsMadeAgain() throws IOException {
    try (var server = Sshd.start(folder().resolve("again"));
        var provider = open(server, OURS, Map.of())) {
      var machine = launched(provider.launch(spec(OURS, "rejoined", cell(server.place()))));
      server.kill();
      server.restart();

      assertThat(provider.instances()).extracting(Instance::ref).containsExactly(machine.ref());
    }
  }

  @Test
  void aServerThatDiesAmidALaunchLeavesOneMachineWhenItIsRepeated() throws IOException {
    var reached = pipe("reached");
    var go = pipe("go");
    var slow = folder().resolve("slow");
    slowMove(slow, reached, go);
    try (var server = slowServer(slow);
        var provider = open(server, OURS, Map.of())) {
      var spec = spec(OURS, "amid0001", cell(server.place()));
      var first = CompletableFuture.supplyAsync(() -> provider.launch(spec));
      assertThat(Files.readString(reached)).isEqualTo("reached\n");

      server.kill();

      assertThatThrownBy(first::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      server.restart();
      Files.writeString(go, "go\n");
      var second = launched(provider.launch(spec));

      assertThat(provider.instances()).extracting(Instance::ref).containsExactly(second.ref());
      assertThat(leaders("amid0001")).isEqualTo(1);
    }
  }

  @Test
  void aKeeperThatIsKilledAmidALaunchLeavesOneMachineWhenItIsRepeated() throws IOException {
    var reached = pipe("reached");
    var go = pipe("go");
    var slow = folder().resolve("slow");
    slowMove(slow, reached, go);
    try (var server = slowServer(slow);
        var provider = open(server, OURS, Map.of())) {
      var spec = spec(OURS, "killed01", cell(server.place()));
      var first = CompletableFuture.supplyAsync(() -> provider.launch(spec));
      assertThat(Files.readString(reached)).isEqualTo("reached\n");

      var owner = state("SELECT owner FROM keeper").split("/", -1);
      kill(ProcessHandle.of(Long.parseLong(owner[1])).orElseThrow());

      assertThatThrownBy(first::join).hasCauseInstanceOf(NimbusException.class);
      Files.delete(slow.resolve("mv"));
      var second = launched(provider.launch(spec));

      assertThat(provider.instances()).extracting(Instance::ref).containsExactly(second.ref());
      assertThat(leaders("killed01")).isEqualTo(1);
    }
  }

  private Sshd slowServer(Path programs) throws IOException {
    var server = Sshd.start(folder().resolve("dies"));
    server.kill();
    server.path(programs + ":/usr/bin:/bin");
    server.restart();
    return server;
  }

  /** A program that says when it is reached, and goes on when it is told to. */
  private static void slowMove(Path folder, Path reached, Path go) throws IOException {
    Files.createDirectories(folder);
    var move = folder.resolve("mv");
    Files.writeString(
        move,
        "#!/bin/sh\nif [ -p %s ]; then echo reached >%s; read -r word <%s; rm -f %s; fi\nexec /bin/mv \"$@\"\n"
            .formatted(reached, reached, go, reached));
    Files.setPosixFilePermissions(move, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void kill(ProcessHandle process) {
    var all = Stream.concat(Stream.of(process), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static long leaders(String unique) {
    var name = "nb-ours0001-" + unique;
    return Processes.of(name).stream()
        .map(one -> Processes.run("ps", "-o", "sid=", "-p", Long.toString(one.pid())))
        .distinct()
        .count();
  }

  private Provider open(Sshd server, ControllerId controller, Map<String, String> other) {
    return SshProvider.open(
        Accounts.of(ProviderKind.SSH, options(server, other)),
        Map.of("private_key", server.privateKey()),
        controller);
  }

  private Map<String, String> options(Sshd server, Map<String, String> other) {
    var options = new HashMap<String, String>();
    options.put("hosts", server.host());
    options.put("host_keys", server.knownHost());
    options.put("slots", Integer.toString(SLOTS));
    options.put("state_dir", stateDir().toString());
    options.putAll(other);
    return options;
  }

  private static Cell cell(String place) {
    return new Cell(new ProviderName("hosts"), place, "slot", "", Market.ON_DEMAND);
  }

  private static String withoutComment(String line) {
    return line.substring(0, line.lastIndexOf(' '));
  }
}
