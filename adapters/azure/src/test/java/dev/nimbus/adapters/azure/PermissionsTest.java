package dev.nimbus.adapters.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import dev.nimbus.testkit.provider.azure.FakeArm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The roles operators copy allow what the code asks for, and nothing else. */
final class PermissionsTest {
  private static final Path PAGE = Path.of("docs", "operate", "providers", "azure.md");
  private static final Pattern ROLE = Pattern.compile("(?s)```json\n(\\{.*?\n\\})\n```");

  /** What the code would ask for, were there such an image. */
  private static final Set<String> NOT_PLAYED = Set.of("Microsoft.Compute/images/read");

  @Test
  void theDocumentedRolesAllowExactlyWhatIsAskedFor() throws IOException {
    var machines = role("Nimbus machines");
    var looks = role("Nimbus looks");
    var networks = role("Nimbus networks");

    assertThat(machines).isEqualTo(of(Action.Scope.GROUP));
    assertThat(looks).isEqualTo(of(Action.Scope.SUBSCRIPTION));
    assertThat(networks)
        .isEqualTo(of(Action.Scope.NETWORK, Action.Scope.IMAGES, Action.Scope.IDENTITY));
  }

  @Test
  void everyActionThatIsNeededIsListedAndEveryListedOneIsNeeded() {
    try (var account = new AzureAccount()) {
      useEverything(account);

      var listed = of(Action.Scope.values());
      listed.removeAll(NOT_PLAYED);
      assertThat(account.arm().actionsUsed()).isEqualTo(listed);
    }
  }

  @Test
  void nothingMakesOrEndsAnythingOutsideTheGroupOfMachines() throws IOException {
    var elsewhere = new TreeSet<>(role("Nimbus looks"));
    elsewhere.addAll(role("Nimbus networks"));

    assertThat(elsewhere)
        .noneMatch(action -> action.endsWith("/write") || action.endsWith("/delete"));
  }

  private static void useEverything(AzureAccount account) {
    var options =
        Map.of(
            "security_groups",
            "westeurope=" + FakeArm.securityGroup(),
            "public_ip",
            "true",
            "identity",
            FakeArm.identity(),
            "check_types",
            "Standard_D4s_v5",
            "check_images",
            FakeArm.image() + "," + FakeArm.galleryImage());
    var cell =
        AzureAccount.cell("westeurope", "Standard_D4s_v5", FakeArm.galleryImage(), Market.SPOT);
    try (var provider = account.open(AzureAccount.OURS, options)) {
      var launched = (Launch.Launched) provider.launch(AzureAccount.spec("allofit1", cell));
      provider.terminate(launched.instance().ref());
      account.arm().vanish("nb-ours0001-allofit1");
      var left = provider.instances().getFirst().ref();
      provider.terminate(new InstanceRef(left.name(), left.place(), ""));
      provider.check();
    }
  }

  private static Set<String> role(String name) throws IOException {
    var roles = ROLE.matcher(Files.readString(page()));
    return roles
        .results()
        .map(found -> JsonMapper.shared().readTree(found.group(1)))
        .filter(role -> role.path("Name").asString("").equals(name))
        .flatMap(role -> role.path("Actions").valueStream())
        .map(JsonNode::asString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(PAGE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> of(Action.Scope... scopes) {
    return Arrays.stream(Action.values())
        .filter(action -> Set.of(scopes).contains(action.scope()))
        .map(Action::rbac)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
