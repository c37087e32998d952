package dev.nimbus.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class SandboxIdPropertyTest {
  @Property
  void aNameIsReadAsTheSandboxThatWroteIt(
      @ForAll("jobs") String job, @ForAll @LongRange(min = 0) long fence) {
    var sandbox = new SandboxId(new JobId(job), new Fence(fence));

    assertThat(SandboxId.parse(sandbox.name())).isEqualTo(sandbox);
  }

  @Property
  void noTwoNamesAreReadAsOneSandbox(@ForAll("names") String name) {
    try {
      assertThat(SandboxId.parse(name).name()).isEqualTo(name);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("'" + name + "'");
    }
  }

  @Provide
  Arbitrary<String> jobs() {
    return Arbitraries.strings()
        .withChars("az09-")
        .ofMinLength(1)
        .ofMaxLength(64)
        .filter(name -> !name.startsWith("-"));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("aj0019.+-/").ofMaxLength(24);
  }
}
