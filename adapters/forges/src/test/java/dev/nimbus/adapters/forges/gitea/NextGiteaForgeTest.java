package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import dev.nimbus.testkit.forge.kin.FakeGitea.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Gitea 1.27, which keeps attempts apart and can disable a runner. */
final class NextGiteaForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeGitea.start(time, Release.V1_27);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return GiteaForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /** A runner takes any job that fits, not exactly one; signatures cover no time. */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.PAIRS, Ability.SIGNS_TIME));
  }
}
