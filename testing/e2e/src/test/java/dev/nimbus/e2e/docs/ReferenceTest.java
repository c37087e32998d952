package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.Paths;
import dev.nimbus.e2e.api.Caller;
import dev.nimbus.e2e.api.Document;
import dev.nimbus.e2e.api.RunningSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference is what the code says; {@code -Dnimbus.docs.write=true} writes it anew. */
final class ReferenceTest {
  private static final Pattern SHOWN = Pattern.compile("(?m)^# TYPE ([a-z_]+) ");

  private final Tree tree = Tree.here();

  @TempDir Path home;

  @Test
  void theConfigurationIsThatOfEveryApp() throws IOException {
    ConfigPage.of(tree).check();
  }

  @Test
  void theCommandLineIsThatOfTheHelpPages() throws IOException {
    new Page(tree.file("docs/reference/cli.md"), CommandLine.printed("reference")).check();
  }

  @Test
  void theMetricsAreThoseTheSourcesRegister() throws IOException {
    MetricsPage.of(tree).check();
  }

  @Test
  void theApiDocumentsAreThoseOfARunningSystemAndThePageIsMadeOfThem() throws Exception {
    var documents = new LinkedHashMap<String, Document>();
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      for (var service : system.ports().entrySet()) {
        var document = caller.call(service.getValue(), "GET", Paths.OPENAPI, "").body();
        var name = ApiPage.file(service.getKey());
        new Page(tree.file("docs/reference/openapi/" + name), document).check();
        documents.put(service.getKey(), new Document(document));
      }
    }
    ApiPage.of(tree, documents).check();
  }

  @Test
  void noServiceShowsAMetricTheReferenceLacks() throws Exception {
    var known = MetricsPage.metrics(tree).stream().map(Metric::name).toList();
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      for (var port : system.ports().values()) {
        var shown = caller.call(port, "GET", Paths.METRICS, RunningSystem.METRICS_TOKEN).body();
        assertThat(SHOWN.matcher(shown).results().map(type -> type.group(1)))
            .isNotEmpty()
            .isSubsetOf(known);
      }
    }
  }
}
