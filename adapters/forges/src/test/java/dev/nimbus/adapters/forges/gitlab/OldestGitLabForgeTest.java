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

/** The oldest GitLab that is supported, which sends a token beside what it does not sign. */
final class OldestGitLabForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeGitLab.start(time, Release.V18, Proof.TOKEN);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return GitLabForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /** As the newest, and a token covers neither the body nor its time. */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Ability.NAMES_LABELS,
            Ability.PAIRS,
            Ability.FORGETS_RUNNERS,
            Ability.SIGNS_BODY,
            Ability.SIGNS_TIME));
  }
}
