package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.Mapping.Text;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.job.AskedLabels;
import dev.nimbus.core.job.ByteSize;
import dev.nimbus.core.policy.Limit;
import dev.nimbus.core.policy.Patterns;
import dev.nimbus.core.policy.Patterns.Letters;
import dev.nimbus.core.policy.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the limits of a rule. */
final class LimitReader {
  private static final String MAX_CPUS = "max_cpus";
  private static final String MAX_MEMORY = "max_memory";
  private static final String ALLOW_IMAGES = "allow_images";

  private final Mapping limits;
  private final Problems problems;

  private LimitReader(Mapping limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  static List<Limit> read(Node node, Problems problems) {
    var known = Set.of(MAX_CPUS, MAX_MEMORY, ALLOW_IMAGES);
    return new LimitReader(Mapping.of(node, "limits", known, problems), problems).read();
  }

  private List<Limit> read() {
    var read = new ArrayList<Limit>();
    limits.text(MAX_CPUS).ifPresent(text -> cpus(text, read));
    limits.text(MAX_MEMORY).ifPresent(text -> memory(text, read));
    var images = limits.some(ALLOW_IMAGES).stream().map(Text::value).toList();
    if (!images.isEmpty()) {
      read.add(new Limit.Images(Patterns.of(images, Letters.EXACT)));
    }
    return read;
  }

  private void cpus(Text text, List<Limit> read) {
    try {
      read.add(new Limit.Cpus(AskedLabels.milliCpus(Double.parseDouble(text.value()))));
    } catch (NumberFormatException _) {
      problems.at(text.at(), "'max_cpus' wants a number, not " + Words.quoted(text.value()));
    } catch (NimbusException e) {
      problems.at(text.at(), "'max_cpus': " + e.getMessage());
    }
  }

  private void memory(Text text, List<Limit> read) {
    try {
      read.add(new Limit.Memory(ByteSize.parse(text.value())));
    } catch (IllegalArgumentException e) {
      problems.at(text.at(), "'max_memory': " + e.getMessage());
    }
  }
}
