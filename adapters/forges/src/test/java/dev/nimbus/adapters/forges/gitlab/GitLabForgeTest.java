package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.testkit.forge.Ability;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.ForgeContract;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** GitLab as it is now, whose webhooks are signed. */
final class GitLabForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeGitLab.start(time, Release.V19, Proof.SIGNATURE);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return GitLabForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /**
   * Webhooks say no tags, and a runner takes any job of its project that fits, until it is deleted.
   */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(
        EnumSet.of(Ability.NAMES_LABELS, Ability.PAIRS, Ability.FORGETS_RUNNERS));
  }
}
