package dev.nimbus.hostagent;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.Probe.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a host may lack of isolation and still run jobs. */
public sealed interface IsolationPolicy {
  /** Nothing. */
  record Require() implements IsolationPolicy {}

  /** These pieces, and no others. */
  record Reduced(Set<String> pieces) implements IsolationPolicy {
    public Reduced {
      pieces = Set.copyOf(pieces);
    }
  }

  /** Whatever jobs can run without. */
  record AllowReduced() implements IsolationPolicy {}

  /** Reads {@code require}, {@code allow-reduced} or {@code reduced:PIECE,PIECE}. */
  static IsolationPolicy parse(String text) {
    if (text.equals("require")) {
      return new Require();
    }
    if (text.equals("allow-reduced")) {
      return new AllowReduced();
    }
    if (text.startsWith("reduced:") && text.length() > "reduced:".length()) {
      var pieces = text.substring("reduced:".length()).split(",", -1);
      return new Reduced(Stream.of(pieces).map(String::strip).collect(Collectors.toSet()));
    }
    throw new IllegalArgumentException("not 'require', 'allow-reduced' or 'reduced:PIECE,…'");
  }

  /** The pieces the host runs without; refuses a host that lacks more than it may. */
  default List<String> accept(Probe probe) {
    if (probe.readiness() == Probe.Readiness.UNUSABLE) {
      throw refused("it cannot run jobs", probe, Verdict.MISSING, Set.of());
    }
    var lacking = new TreeSet<>(probe.reductions());
    switch (this) {
      case AllowReduced() -> lacking.clear();
      case Reduced(var pieces) -> lacking.removeAll(pieces);
      case Require() -> {}
    }
    if (!lacking.isEmpty()) {
      throw refused("isolation is reduced", probe, Verdict.REDUCED, lacking);
    }
    return List.copyOf(new TreeSet<>(probe.reductions()));
  }

  private static NimbusException refused(
      String what, Probe probe, Verdict verdict, Set<String> pieces) {
    var why =
        probe.checks().stream()
            .filter(check -> check.verdict() == verdict)
            .filter(check -> pieces.isEmpty() || pieces.contains(check.piece()))
            .map(check -> check.piece() + " (" + check.found() + "; " + check.remedy() + ")")
            .collect(Collectors.joining(", "));
    var advice =
        pieces.isEmpty()
            ? ""
            : ". To run without, set agent-isolation-policy to 'reduced:%s' or 'allow-reduced'"
                .formatted(String.join(",", new TreeSet<>(pieces)));
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot start the host agent: " + what + ": " + why + advice);
  }
}
