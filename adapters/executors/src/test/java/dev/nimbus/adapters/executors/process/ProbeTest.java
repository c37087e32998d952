package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.nimbus.core.executor.Probe.Check;
import dev.nimbus.core.executor.Probe.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a probe concludes from what a trial sandbox found. */
final class ProbeTest {
  private static final String GOOD =
      """
      Uid: 2000001	2000001
      CapPrm: 0000000000000000
      CapBnd: 0000000000000000
      NoNewPrivs: 1
      Seccomp: 2
      ns ipc ipc:[1]
      ns mnt mnt:[1]
      ns net net:[1]
      ns pid pid:[1]
      ns uts uts:[1]
      process /proc/1
      interface Inter-|
      interface face
      interface lo:
      route |-- 127.0.0.1
      mount 1 0 8:1 / / ro - ext4 /dev/sda rw
      mount 2 1 8:1 / /usr ro - ext4 /dev/sda rw
      mount 3 1 8:1 / /etc ro - ext4 /dev/sda rw
      mount 4 1 0:1 / /proc rw - proc proc rw
      mount 5 4 0:1 /sys /proc/sys ro - proc proc rw
      home-visible no
      started 1
      done yes
      """;

  @Test
  void aSoundSandboxHasNothingToComplainOf() {
    assertThat(checks(GOOD, 0).isolation()).extracting(Check::verdict).containsOnly(Verdict.OK);
    assertThat(checks(GOOD, 0).pids(16).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void everyHoleIsFound() {
    assertHole("ns pid pid:[1]", "ns pid pid:[host]", "pid-namespace", Verdict.MISSING);
    assertHole("ns net net:[1]", "ns net net:[host]", "network-namespace", Verdict.MISSING);
    assertHole("CapBnd: 0000000000000000", "CapBnd: 1", "capabilities", Verdict.MISSING);
    assertHole("NoNewPrivs: 1", "NoNewPrivs: 0", "no-new-privileges", Verdict.MISSING);
    assertHole("Seccomp: 2", "Seccomp: 0", "seccomp", Verdict.REDUCED);
    assertHole("/usr ro", "/usr rw", "read-only-system", Verdict.MISSING);
    assertHole("/proc/sys ro", "/proc/sys rw", "read-only-system", Verdict.MISSING);
    assertHole("home-visible no", "home-visible yes", "hidden-home", Verdict.MISSING);
    assertHole("interface lo:", "interface eth0:", "loopback", Verdict.MISSING);
    assertHole("route |-- 127.0.0.1", "route", "loopback", Verdict.REDUCED);
    assertHole("Uid: 2000001", "Uid: 0", "own-user", Verdict.MISSING);
  }

  @Test
  void anAgentThatIsNotRootSharesItsUser() {
    assertThat(checks(GOOD, 1000).isolation())
        .filteredOn(check -> check.verdict() == Verdict.REDUCED)
        .extracting(Check::piece)
        .containsExactly("own-user");
  }

  @Test
  void everyComplaintHasARemedy() {
    assertThat(checks("done yes\n", 0).isolation())
        .filteredOn(check -> check.verdict() != Verdict.OK)
        .isNotEmpty()
        .allMatch(check -> !check.remedy().isEmpty());
  }

  private static void assertHole(String sound, String hole, String piece, Verdict verdict) {
    assertThat(checks(GOOD.replace(sound, hole), 0).isolation())
        .filteredOn(check -> check.verdict() != Verdict.OK)
        .extracting(Check::piece, Check::verdict)
        .containsExactly(tuple(piece, verdict));
  }

  private static Checks checks(String printed, int agentUid) {
    return new Checks(
        Findings.parse(printed), agentUid, kind -> kind + ":[host]", Set.of("pids", "cpu"));
  }
}
