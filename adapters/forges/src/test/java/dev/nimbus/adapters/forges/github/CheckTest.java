package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.Mischief;
import dev.nimbus.testkit.forge.github.Setup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CheckTest extends GitHubCase {
  @Test
  void everyPermissionThatIsMissingIsNamed() {
    fake().suffer(Fault.FORBIDS);

    assertThat(wrong(open()).stream().map(Finding::what))
        .contains(
            "permission 'actions: read'",
            "permission 'organization_self_hosted_runners: write'",
            "permission 'statuses: write'",
            "runners can be seen")
        .doesNotContain("permission 'metadata: read'");
  }

  @Test
  void aGroupThatDoesNotExistIsNamed() {
    assertThat(wrong(open(Map.of("runner_group", "isolated"))).stream().map(Finding::what))
        .containsExactly("the runner group 'isolated' exists");
  }

  @Test
  void anAppThatIsNotInstalledThereIsNamed() {
    var elsewhere =
        Connections.of(
            fake().connection().url().toString(),
            "globex",
            List.of(),
            fake().connection().options());

    assertThat(wrong(open(elsewhere)).getFirst().advice()).contains("not installed");
  }

  @Test
  void webhooksThatDoNotArriveAreNamed() {
    use(Setup.USUAL.with(Mischief.ofWebhooks(1, 100, 0, 0)));
    for (var job = 0; job < 10; job++) {
      fake().queue(Wanted.job(shop(), "nimbus"));
    }

    assertThat(wrong(open()).stream().map(Finding::advice))
        .containsExactly(
            "10 of the last 10 webhooks did not arrive; see the webhook's recent deliveries");
  }

  @Test
  void everyAppIsLookedAt() {
    use(Setup.USUAL.withApps(3));

    assertThat(open().check().stream().map(Finding::what))
        .contains("app 1 is installed", "app 2 is installed", "app 3 is installed");
  }

  private static List<Finding> wrong(GitHubForge forge) {
    return forge.check().stream().filter(finding -> !finding.fine()).toList();
  }
}
