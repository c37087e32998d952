package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Probe.Check;
import dev.nimbus.core.executor.Probe.Readiness;
import dev.nimbus.core.executor.Probe.Verdict;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A probe of the machine the tests run on. */
final class RealProbeTest {
  @ParameterizedTest
  @EnumSource
  void aProbeLooksAtEveryPieceAndLeavesNothing(LauncherKind kind) throws IOException {
    try (var rig = Rig.open(kind, false)) {
      var probe = rig.executor().probe();
      assertThat(probe.readiness()).isNotEqualTo(Readiness.UNUSABLE);
      assertThat(probe.capacity().milliCpus()).isPositive();
      assertThat(probe.capacity().memoryBytes()).isPositive();
      assertThat(probe.checks())
          .extracting(Check::piece)
          .contains("launcher", "own-user", "capabilities", "seccomp", "memory-limit", "kill-all");
      assertThat(probe.checks())
          .filteredOn(check -> check.verdict() == Verdict.OK)
          .extracting(Check::piece)
          .contains("pid-namespace", "read-only-system", "hidden-home", "no-new-privileges");
      assertThat(rig.executor().probe()).isSameAs(probe);
      assertThat(rig.executor().found()).isEmpty();
      assertThat(rig.leftovers()).isEmpty();
    }
  }
}
