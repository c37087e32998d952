package dev.nimbus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SourcesTest {
  private static final Path ROOT = Path.of("src/main/resources/dashboard");
  private static final Pattern IMPORT = Pattern.compile("(?m)from ?\"([^\"]+)\"");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

  @Test
  void modulesAreSmallAndSayWhatTheyAre() throws IOException {
    for (var module : modules()) {
      var lines = Files.readAllLines(module);
      assertThat(lines).as(module + " in lines").hasSizeLessThan(200);
      assertThat(lines.getFirst()).as("first line of " + module).matches("// .+\\.");
    }
  }

  @Test
  void everyImportIsAFileOfOurs() throws IOException {
    for (var module : files(".js")) {
      var imports = IMPORT.matcher(Files.readString(module));
      while (imports.find()) {
        assertThat(module.resolveSibling(imports.group(1)).normalize())
            .as("'%s' imported by %s", imports.group(1), module)
            .exists();
      }
    }
  }

  @Test
  void everythingThePageNamesIsThere() throws IOException {
    var links = LINK.matcher(Files.readString(ROOT.resolve("index.html")));
    var files = new DashboardFiles();
    assertThat(links.results().map(link -> link.group(1)))
        .hasSizeGreaterThan(3)
        .allSatisfy(path -> assertThat(files.find(path)).as(path).isPresent());
  }

  @Test
  void nothingTurnsTextIntoMarkupOrKeepsSecretsOrLeavesTheOrigin() throws IOException {
    for (var module : modules()) {
      assertThat(Files.readString(module))
          .as(module.toString())
          .doesNotContainIgnoringCase("innerhtml")
          .doesNotContain("insertAdjacent", "document.write", "eval(", "new Function")
          .doesNotContain("localStorage", "sessionStorage", "indexedDB", "document.cookie")
          .doesNotContain("http://", "https://");
    }
  }

  @Test
  void vendoredFilesStandBesideTheirLicences() throws IOException {
    assertThat(files("vendor/LICENSE-preact.txt", "vendor/LICENSE-htm.txt")).hasSize(2);
  }

  private static List<Path> modules() throws IOException {
    return files(".js").stream().filter(file -> !file.toString().contains("vendor")).toList();
  }

  private static List<Path> files(String... endings) throws IOException {
    try (var tree = Files.walk(ROOT)) {
      return tree.filter(file -> List.of(endings).stream().anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }
}
