package dev.nimbus.adapters.forges.github;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

final class GitHubForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeGitHub.start(time);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return GitHubForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /** A runner takes any job that fits, not exactly one; signatures cover no time. */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.PAIRS, Ability.SIGNS_TIME));
  }
}
