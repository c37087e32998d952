package dev.nimbus.adapters.forges.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.kin.Connections;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only Forgejo asks for. */
final class ForgejoDetailsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final RunnerName NAME =
      RunnerName.of(new SandboxId(new JobId("j-1"), new Fence(1)));

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private FakeForgejo fake = FakeForgejo.start(time, Release.V15);
  private final List<Observed> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopFake() {
    fake.close();
  }

  @Test
  void aForgejoThatListsByLabelsIsToldThem() {
    old();
    var key = fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    fake.queue(Wanted.job(shop(), "nimbus", "windows"));

    var told = open(with(Map.of("labels", "nimbus, linux,x64"), List.of()));

    assertThat(told.waiting(Optional.empty()).stream().map(ForgeJob::key)).containsExactly(key);
    assertThat(open(fake.connection()).waiting(Optional.empty())).isEmpty();
  }

  @Test
  void anOldForgejoIsNamedByACheck() {
    old();

    assertThat(advice(fake.connection())).contains("set option labels", "update to 15");
    assertThat(advice(with(Map.of("labels", "nimbus"), List.of()))).contains("update to 15");
  }

  @Test
  void anOldForgejoIsAskedForNoRunner() {
    old();
    fake.queue(Wanted.job(shop(), "nimbus"));
    var forge = open(with(Map.of("labels", "nimbus"), List.of()));

    var refused = (Registered.Refused) forge.register(spec(forge));

    assertThat(refused.why()).contains("has no handle", "Forgejo 15");
  }

  @Test
  void aLabelTheRunnersProgramCannotReadIsRefused() {
    fake.queue(Wanted.job(shop(), "nimbus", "cpus:4"));
    var forge = open(fake.connection());

    var refused = (Registered.Refused) forge.register(spec(forge));

    assertThat(refused.why()).contains("takes no label 'cpus:4'");
    assertThat(fake.runners()).isEmpty();
  }

  @Test
  void runnersAreKeptWhereTheConnectionSays() {
    var levels =
        Map.of(
            "admin", Connections.ofInstance(fake.connection()),
            "user", with(Map.of("runner_level", "user"), List.of()),
            "repos/acme/shop", with(Map.of("runner_level", "repository"), List.of("shop")),
            "orgs/acme", fake.connection());
    fake.observe(calls::add);
    levels.forEach(
        (scope, connection) -> {
          var key = fake.queue(Wanted.job(shop(), "nimbus", "linux"));
          var forge = open(connection);
          var ready = (Registered.Ready) forge.register(spec(forge));
          assertThat(forge.runners()).hasSize(1);
          assertThat(fake.run(ready.launch())).contains(key);
          assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.BUSY);
          fake.finish(key);
          assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.GONE);
          assertThat(calls).anyMatch(call -> call.path().startsWith("/api/v1/" + scope + "/"));
          assertThat(forge.check()).allMatch(Finding::fine);
        });
  }

  @Test
  void aRunnerWhoseJobSomebodyElseTookStaysUntilTheJobIsOver() {
    var key = fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    var forge = open(fake.connection());
    forge.register(spec(forge));
    fake.steal(key, "somebody-else");

    assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.BUSY);
    fake.finish(key);
    assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.GONE);
  }

  @Test
  void aJobRunAgainLeavesTheRunnerOfItsLastAttemptIdle() {
    var key = fake.queue(Wanted.job(shop(), "nimbus", "linux"));
    var forge = open(fake.connection());
    forge.register(spec(forge));
    fake.steal(key, "somebody-else");
    fake.finish(key);
    fake.steal(fake.rerun(key), "somebody-else");

    assertThat(forge.unregister(NAME, shop())).isEqualTo(Retired.GONE);
  }

  @Test
  void whatARunAndARepositoryAreIsAskedOnce() {
    restart(Release.NEXT);
    fake.queue(Wanted.job(shop(), "nimbus"));
    fake.observe(calls::add);
    var forge = open(fake.connection());

    for (var look = 0; look < 5; look++) {
      assertThat(forge.waiting(Optional.empty())).hasSize(1);
    }

    assertThat(calls).hasSize(5 + 2);
  }

  private void old() {
    restart(Release.V13);
  }

  private void restart(Release release) {
    fake.close();
    fake = FakeForgejo.start(time, release);
  }

  private Repository shop() {
    return fake.repository("acme/shop");
  }

  private String advice(Connection connection) {
    return String.join("; ", open(connection).check().stream().map(Finding::advice).toList());
  }

  private static RunnerSpec spec(ForgejoForge forge) {
    return new RunnerSpec(NAME, forge.waiting(Optional.empty()).getFirst());
  }

  private Connection with(Map<String, String> options, List<String> repositories) {
    return Connections.with(fake.connection(), options, repositories);
  }

  private ForgejoForge open(Connection connection) {
    return ForgejoForge.open(connection, fake.secrets(), CLIENT, time, time::stepTo);
  }
}
