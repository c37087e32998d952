package dev.nimbus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DashboardFilesTest {
  private final DashboardFiles files = new DashboardFiles();

  @Test
  void anAssetIsFoundWithItsTypeAndTag() {
    var main = files.find("/assets/main.js").orElseThrow();

    assertThat(main.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(main.etag()).matches("\"[0-9a-f]{24}\"");
    assertThat(new String(main.body(), java.nio.charset.StandardCharsets.UTF_8)).contains("App");
  }

  @Test
  void everyOtherPathIsThePage() {
    var page = files.find("/").orElseThrow();

    assertThat(page.contentType()).startsWith("text/html");
    assertThat(files.find("/jobs/j-1").orElseThrow().etag()).isEqualTo(page.etag());
    assertThat(files.find("/no/such/page").orElseThrow().etag()).isEqualTo(page.etag());
  }

  @Test
  void nothingOutsideTheAssetsIsReachable() {
    assertThat(files.find("/assets/missing.js")).isEmpty();
    assertThat(files.find("/assets/../index.html")).isEmpty();
    assertThat(files.find("/assets/../../dev/nimbus/dashboard/DashboardFiles.class")).isEmpty();
    assertThat(files.find("/assets/")).isEmpty();
    assertThat(files.find("/assets/style")).isEmpty();
  }

  @Test
  void theContentPolicyAllowsOnlyThisOriginAndNoMarkupFromText() {
    assertThat(DashboardFiles.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'self';")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
  }
}
