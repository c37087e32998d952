package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
  @ParameterizedTest
  @CsvSource({
    "runner-7, projects/acme-ci/global/images/runner-7",
    "family/runner, projects/acme-ci/global/images/family/runner",
    "debian-cloud/debian-12-v1, projects/debian-cloud/global/images/debian-12-v1",
    "debian-cloud/family/debian-12, projects/debian-cloud/global/images/family/debian-12",
    "projects/debian-cloud/global/images/family/debian-12,"
        + " projects/debian-cloud/global/images/family/debian-12",
    "example.com:build-tools/runner, projects/example.com:build-tools/global/images/runner",
  })
  void anImageIsReadAsPeopleAndAsGoogleWriteIt(String text, String path) {
    assertThat(ImageName.parse(text).orElseThrow().path("acme-ci")).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Runner",
        "../runner",
        "a/b/c/d",
        "family/",
        "https://x.example/runner",
        "a b"
      })
  void anythingElseIsNoImage(String text) {
    assertThat(ImageName.parse(text)).isEmpty();
  }
}
