package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.Probe.Verdict;
import dev.nimbus.core.job.Size;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IsolationPolicyTest {
  private static final Probe REDUCED =
      new Probe(
          Probe.Readiness.REDUCED,
          Size.NONE,
          List.of(
              new Probe.Check("users", Verdict.OK, "fine", ""),
              new Probe.Check("seccomp", Verdict.REDUCED, "no filter", "use a newer kernel"),
              new Probe.Check("memory-limit", Verdict.REDUCED, "no cgroup", "delegate one")));

  @Test
  void aPolicyIsReadFromItsText() {
    assertThat(IsolationPolicy.parse("require")).isEqualTo(new IsolationPolicy.Require());
    assertThat(IsolationPolicy.parse("allow-reduced"))
        .isEqualTo(new IsolationPolicy.AllowReduced());
    assertThat(IsolationPolicy.parse("reduced:seccomp, pids"))
        .isEqualTo(new IsolationPolicy.Reduced(Set.of("seccomp", "pids")));
    assertThatThrownBy(() -> IsolationPolicy.parse("maybe"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void requiringItAllNamesEveryPieceThatLacks() {
    assertThatThrownBy(() -> new IsolationPolicy.Require().accept(REDUCED))
        .hasMessageContaining("seccomp (no filter; use a newer kernel)")
        .hasMessageContaining("memory-limit (no cgroup; delegate one)")
        .hasMessageContaining("reduced:memory-limit,seccomp");
  }

  @Test
  void onlyTheNamedPiecesMayLack() {
    assertThatThrownBy(() -> new IsolationPolicy.Reduced(Set.of("seccomp")).accept(REDUCED))
        .hasMessageContaining("memory-limit (")
        .hasMessageNotContaining("seccomp (");
    assertThat(new IsolationPolicy.Reduced(Set.of("seccomp", "memory-limit")).accept(REDUCED))
        .containsExactly("memory-limit", "seccomp");
  }

  @Test
  void whatLacksIsToldEvenWhereAnythingMay() {
    assertThat(new IsolationPolicy.AllowReduced().accept(REDUCED))
        .containsExactly("memory-limit", "seccomp");
  }

  @Test
  void aHostThatCannotRunJobsIsRefusedByEveryPolicy() {
    var probe =
        new Probe(
            Probe.Readiness.UNUSABLE,
            Size.NONE,
            List.of(new Probe.Check("unshare", Verdict.MISSING, "not found", "install it")));

    assertThatThrownBy(() -> new IsolationPolicy.AllowReduced().accept(probe))
        .hasMessage(
            "Cannot start the host agent: it cannot run jobs: unshare (not found; install it)");
  }
}
