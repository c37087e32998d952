package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.placement.Plan.Warning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what plans warn of, once for as long as they do. */
final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final Set<Cause> told = new HashSet<>();

  /** Logs what was not warned of the last time; returns that. */
  List<Warning> tell(List<Warning> warnings) {
    var fresh = warnings.stream().filter(warning -> told.add(Cause.of(warning))).toList();
    told.retainAll(warnings.stream().map(Cause::of).collect(Collectors.toSet()));
    for (var warning : fresh) {
      LOG.atWarn()
          .addKeyValue("org", warning.org())
          .addKeyValue("why", warning.sentence())
          .log("A person should see to machines");
    }
    return fresh;
  }

  private record Cause(String org, String about) {
    static Cause of(Warning warning) {
      return new Cause(warning.org().value(), warning.about());
    }
  }
}
