package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** The role operators copy has what the code asks for, and nothing else. */
@ExtendWith(WithGoogle.class)
final class PermissionsTest {
  private static final Path PAGE = Path.of("docs", "operate", "providers", "gcp.md");
  private static final Pattern LISTED = Pattern.compile("(?m)^- ([a-z]+\\.[a-zA-Z.]+)$");

  @Test
  void theDocumentedRoleHasExactlyWhatIsAskedFor() throws IOException {
    var text = Files.readString(page());
    var role = text.substring(text.indexOf("includedPermissions:"));
    var listed =
        LISTED
            .matcher(role)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).isEqualTo(asked());
  }

  @Test
  void everyPermissionThatIsNeededIsListedAndEveryListedOneIsNeeded(Google google) {
    try (var account = new GceAccount(google)) {
      useEverything(account);

      assertThat(account.gce().permissionsUsed()).isEqualTo(asked());
    }
  }

  private static void useEverything(GceAccount account) {
    var image = GceAccount.cell("e2-small", "runner-7", Market.SPOT);
    var options =
        Map.of(
            "tags", "runner",
            "external_ip", "yes",
            "service_account", "runner@acme-ci.iam.gserviceaccount.com",
            "service_account_scopes", "devstorage.read_only",
            "check_types", "e2-small",
            "check_images", "runner-7, family/runner");
    try (var provider = account.open(GceAccount.OURS, options)) {
      var launched = (Launch.Launched) provider.launch(GceAccount.spec("allofit1", image));
      provider.terminate(launched.instance().ref());
      provider.check();
    }
    var subnetworks =
        Map.of("network", "", "subnetworks", "europe-west3=runners, us-east1=runners");
    try (var provider = account.open(GceAccount.OURS, subnetworks)) {
      provider.check();
    }
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(PAGE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> asked() {
    return Arrays.stream(Action.values())
        .map(Action::permission)
        .filter(permission -> !permission.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
