package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static dev.nimbus.adapters.hetzner.Specs.launched;
import static dev.nimbus.adapters.hetzner.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators lists the calls the code makes, and no others. */
final class PermissionsTest {
  private static final Path PAGE = Path.of("docs", "operate", "providers", "hetzner.md");
  private static final Map<String, String> ALL =
      Map.of(
          "server_types", "cpx22",
          "images", "ubuntu-24.04, 300000001",
          "ssh_keys", "operators, 77",
          "networks", "4711",
          "firewalls", "38");

  @Test
  void theDocumentedCallsAreExactlyThoseThatTheCodeNames() throws IOException {
    var page = Files.readString(page());
    var from = page.indexOf("```\n") + "```\n".length();
    var documented = List.of(page.substring(from, page.indexOf("\n```", from)).split("\n"));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(named());
  }

  @Test
  void everyCallThatIsMadeIsNamedAndEveryNamedOneIsMade() {
    try (var account = new HetznerAccount();
        var provider = account.open(OURS, ALL)) {
      var made = launched(provider.launch(spec("calls001")));
      account.fake().settle();
      provider.terminate(launched(provider.recycle(made.ref(), spec("calls002"))).ref());
      provider.instances();
      provider.listPrices(Set.of("cpx22"));
      provider.check();

      var called =
          account.fake().asked().stream()
              .map(call -> call.method() + " " + call.path().replaceFirst("^/v1", ""))
              .map(call -> call.replaceFirst("/[0-9]+(?=/|$)", "/{id}"))
              .collect(Collectors.toSet());
      assertThat(called).isEqualTo(named());
    }
  }

  private static Set<String> named() {
    return Arrays.stream(Operation.values()).map(Operation::toString).collect(Collectors.toSet());
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(PAGE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
