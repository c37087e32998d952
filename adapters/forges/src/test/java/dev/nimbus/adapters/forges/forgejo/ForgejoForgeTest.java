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

/** Forgejo 15, which can pair a runner with a job but says next to nothing of where one is from. */
final class ForgejoForgeTest extends ForgeContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected FakeForge start(SteppedTime time) {
    return FakeForgejo.start(time, Release.V15);
  }

  @Override
  protected Forge open(Connection connection, Map<String, String> secrets) {
    return ForgejoForge.open(connection, secrets, CLIENT, time(), time()::stepTo);
  }

  /**
   * Webhooks say that a run is over and nothing else; a job in the list has neither its run nor its
   * commit, and leaves the list when it is over; no call names the runner of a job.
   */
  @Override
  protected Set<Ability> abilities() {
    return EnumSet.of(Ability.PAIRS, Ability.SIGNS_BODY, Ability.FORGETS_RUNNERS);
  }
}
