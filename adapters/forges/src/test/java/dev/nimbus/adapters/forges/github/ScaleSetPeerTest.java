package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Started;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.id.Repository;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.tool.VendorProgram;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GitHub's own client of scale sets on the other side of the fake, so that the fake says nothing
 * GitHub would not. The client reads the clock, so the fake lives where no token is old for it.
 */
@Tag("slow")
final class ScaleSetPeerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern ID = Pattern.compile("\"(?:id|MessageID)\":(\\d+)");
  private static final Pattern CONFIG = Pattern.compile("\"encodedJITConfig\":\"([^\"]+)\"");

  private final SteppedTime time = new SteppedTime(Instant.parse("2100-01-01T12:00:00Z"));
  private final FakeGitHub fake =
      FakeGitHub.start(time, Setup.USUAL.withApps(0).with(Limits.Rules.ENFORCED));
  private final Repository shop = fake.repository("acme/shop");
  private final List<Process> peers = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    peers.forEach(Process::destroyForcibly);
    fake.close();
  }

  @Test
  void itMakesASetAndFindsItAgain() throws IOException {
    try (var peer = peer("steps")) {
      assertThat(peer.does("find")).isEqualTo("null");
      assertThat(peer.does("make"))
          .contains("\"name\":\"peer\"", "\"labels\":[{\"type\":\"System\",\"name\":\"peer\"}]")
          .contains("\"runnerGroupName\":\"Default\"");
      assertThat(peer.does("make")).startsWith("error:").contains("RunnerScaleSetExistsException");
      assertThat(peer.does("find")).isEqualTo(peer.does("show"));
      assertThat(peer.does("group default")).contains("\"id\":1");
      assertThat(peer.does("drop")).isEqualTo("\"dropped\"");
      assertThat(fake.scaleSets().names()).isEmpty();
    }
  }

  @Test
  void itTakesAJobFromItsOfferToItsEnd() throws IOException {
    fake.scaleSets().offerJobs();
    try (var peer = peer("steps")) {
      peer.does("make");
      assertThat(peer.does("open")).contains("\"ownerName\":\"peer\"", "\"totalAssignedJobs\":0");
      assertThat(peer.does("message 0")).isEqualTo("null");
      var job = queue();

      var offered = peer.does("message 0");
      assertThat(offered).contains("\"JobAvailableMessages\":[{", "\"totalAvailableJobs\":1");
      var request = first(Pattern.compile("\"runnerRequestId\":(\\d+)"), offered);
      assertThat(peer.does("acquire " + request)).isEqualTo("[" + request + "]");
      assertThat(peer.does("acquire " + request)).isEqualTo("[]");
      assertThat(peer.does("delete " + first(ID, offered))).isEqualTo("\"deleted\"");
      assertThat(peer.does("message " + first(ID, offered)))
          .contains("\"JobAssignedMessages\":[{", "\"totalAssignedJobs\":1");
      var made = peer.does("jit runner-1");
      assertThat(peer.does("jit runner-1")).startsWith("error:").contains("runner exists");
      assertThat(peer.does("runner runner-1")).contains("\"name\":\"runner-1\"");
      assertThat(fake.run(launch(first(CONFIG, made)))).contains(job);
      assertThat(peer.does("remove " + first(ID, made))).contains("job still running");
      fake.finish(job);
      assertThat(peer.does("runner runner-1")).isEqualTo("null");
      assertThat(peer.does("message 100000002"))
          .contains("\"JobStartedMessages\":[{", "\"runnerName\":\"runner-1\"")
          .contains("\"JobCompletedMessages\":[{\"result\":\"succeeded\"")
          .contains("\"totalAssignedJobs\":0");
      assertThat(peer.does("close")).isEqualTo("\"closed\"");
      assertThat(fake.scaleSets().listener("peer")).isEmpty();
    }
  }

  @Test
  void itIsToldAgainWhatItDidNotAcknowledgeAndRenewsItsTokens() throws IOException {
    try (var peer = peer("steps")) {
      peer.does("make");
      peer.does("open");
      queue();
      var first = peer.does("message 0");
      assertThat(peer.does("message 0")).isEqualTo(first);
      fake.scaleSets().expireQueueTokens();
      assertThat(peer.does("delete " + first(ID, first))).isEqualTo("\"deleted\"");
      fake.scaleSets().expireQueueTokens();
      assertThat(peer.does("message 0")).isEqualTo("null");
      assertThat(peer.does("acquire 7")).startsWith("error:").contains("404");
      assertThat(peer.does("open")).startsWith("error:").contains("SessionConflictException");
      fake.scaleSets().killSessions();
      assertThat(peer.does("message 0")).startsWith("error:");
      assertThat(peer.does("open")).contains("\"totalAssignedJobs\":1");
    }
  }

  @Test
  void itLeavesASetToUsAndWeToIt() throws IOException {
    try (var peer = peer("steps")) {
      peer.does("make");
      peer.does("open");
      var options = Map.of("scale_sets", "peer", "hook_id", "1");
      var connection = Connections.with(fake.connection(), options);
      var forge = GitHubForge.open(connection, fake.secrets(), CLIENT, time, time::stepTo);
      assertThat(forge.listen(new Seat("peer", "us", "")).toString()).contains("for owner peer");
      peer.does("close");
      try (var ours = ScaleSetCase.session(forge, new Seat("peer", "us", ""))) {
        assertThat(peer.does("open")).startsWith("error:").contains("for owner us");
        queue();
        assertThat(ScaleSetCase.batch(ours).heard()).hasSize(1);
      }
      assertThat(peer.does("open")).contains("\"totalAssignedJobs\":1");
      assertThat(peer.does("message 0")).contains("\"JobAssignedMessages\":[{");
    }
  }

  @Test
  void itsListenerRunsEveryJobOnce() throws IOException {
    fake.scaleSets().holdQuestions(true);
    var jobs = List.of(queue(), queue(), queue());
    try (var peer = peer("listen")) {
      assertThat(peer.hears()).isEqualTo("ready");
      var ran = new ArrayList<ForgeJobKey>();
      var lines = new ArrayList<String>();
      while (lines.stream().filter(line -> line.startsWith("completed succeeded")).count() < 3) {
        var line = peer.hears();
        lines.add(line);
        if (line.startsWith("runner ")) {
          var job = fake.run(launch(line.substring(7))).orElseThrow();
          ran.add(job);
          fake.finish(job);
        }
      }

      assertThat(ran).containsExactlyInAnyOrderElementsOf(jobs);
      assertThat(lines).filteredOn(line -> line.startsWith("started acme/shop")).hasSize(3);
      assertThat(fake.runners()).isEmpty();
    }
  }

  private ForgeJobKey queue() {
    return fake.queue(Wanted.job(shop, "peer"));
  }

  private static RunnerLaunch launch(String config) {
    var environment = Map.of("ACTIONS_RUNNER_INPUT_JITCONFIG", config);
    return new RunnerLaunch(ForgeKind.GITHUB, List.of("run"), environment, Map.of());
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  private Peer peer(String mode) throws IOException {
    var program = VendorProgram.file("scaleset-peer", "go build, see .ci/run");
    var page = fake.connection().url() + "/" + FakeForge.OWNER;
    var process = Started.begin(List.of(program.toString(), mode, page, "peer"), folder).start();
    peers.add(process);
    var peer = new Peer(process, process.inputReader(), process.outputWriter());
    peer.says(Optional.ofNullable(fake.secrets().get("token")).orElseThrow());
    return peer;
  }

  private record Peer(Process process, BufferedReader lines, BufferedWriter input)
      implements AutoCloseable {
    void says(String line) throws IOException {
      input.write(line + "\n");
      input.flush();
    }

    String hears() throws IOException {
      return String.valueOf(lines.readLine());
    }

    String does(String step) throws IOException {
      says(step);
      return hears();
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }
}
