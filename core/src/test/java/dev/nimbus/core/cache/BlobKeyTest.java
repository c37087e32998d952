package dev.nimbus.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.id.OrgId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlobKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b/c", "linux-x64/deps@v1.2.tar.zst", "sha256:0a1b"})
  void ordinaryPathsAreKeys(String path) {
    assertThat(new BlobKey(OrgId.DEFAULT, path).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../org-2/x",
        "a/../b",
        "a/..",
        ".a",
        "a/.b",
        "%2e%2e/x",
        "a\\b",
        "a\0b",
        "a b",
        "ä"
      })
  void whatCouldLeaveTheTenantIsNoKey(String path) {
    assertThatThrownBy(() -> new BlobKey(OrgId.DEFAULT, path))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
