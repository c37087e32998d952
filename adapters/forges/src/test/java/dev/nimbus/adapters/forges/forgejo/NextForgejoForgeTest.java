package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Forgejo 17 as it is being developed, which tells of each job. */
final class NextForgejoForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeForgejo.start(time, Release.NEXT);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return ForgejoForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /** No call and no webhook names the runner of a job; signatures cover no time. */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.NAMES_RUNNERS, Ability.SIGNS_TIME));
  }
}
