package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
  void theRoutesAndTheirCallersAreThoseOfARunningSystem() throws Exception {
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      new ApiPage(system, caller).of(tree).check();
    }
  }

  @Test
  void noServiceShowsAMetricTheReferenceLacks() throws Exception {
    var known = MetricsPage.metrics(tree).stream().map(Metric::name).toList();
    try (var system = RunningSystem.start(home);
        var caller = new Caller(system.signingKey())) {
      var page = new ApiPage(system, caller);
      for (var port : system.ports().values()) {
        assertThat(SHOWN.matcher(page.exposition(port)).results().map(type -> type.group(1)))
            .isNotEmpty()
            .isSubsetOf(known);
      }
    }
  }
}
