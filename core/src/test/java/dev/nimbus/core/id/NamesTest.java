package dev.nimbus.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "default", "j-01h8", "0", "a-b-c"})
  void ordinaryNamesAreIds(String name) {
    assertThat(new OrgId(name).value()).isEqualTo(name);
    assertThat(new JobId(name)).hasToString(name);
    assertThat(new HostId(name)).hasToString(name);
    assertThat(name).matches(OrgId.PATTERN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a/b", "..", "a.b", "-a", "a b", "ä", "a\0", "%2e"})
  void whatCouldMeanAnotherPlaceIsNoId(String name) {
    assertThatThrownBy(() -> new OrgId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("org id");
    assertThat(name).doesNotMatch(OrgId.PATTERN);
  }

  @Test
  void namesHaveUpToSixtyFourCharacters() {
    assertThat(new OrgId("o".repeat(64)).value()).matches(OrgId.PATTERN);
    assertThat("o".repeat(65)).doesNotMatch(OrgId.PATTERN);
  }

  @Test
  void aNameThatIsTooLongIsShownShortened() {
    assertThatThrownBy(() -> new HostId("h".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void aSandboxNameReadsBack() {
    var sandbox = new SandboxId(new JobId("j-1"), new Fence(7));
    assertThat(sandbox.name()).isEqualTo("j-1.7");
    assertThat(SandboxId.parse("j-1.7")).isEqualTo(sandbox);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "j-1", ".7", "j-1.", "j-1.x", "j-1.-1", "../x.1"})
  void otherFoldersAreNoSandboxes(String name) {
    assertThatThrownBy(() -> SandboxId.parse(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a b", "", "a..b", "x;y"})
  void oddRepositoriesAreRefused(String name) {
    assertThatThrownBy(() -> new Repository(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fencesOnlyCountUp() {
    assertThat(Fence.NONE.next().next()).isEqualTo(new Fence(2)).isGreaterThan(new Fence(1));
    assertThatThrownBy(() -> new Fence(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
