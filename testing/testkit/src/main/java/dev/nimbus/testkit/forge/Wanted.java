package dev.nimbus.testkit.forge;

import dev.nimbus.core.id.Repository;
import java.util.List;

/**
 * A job a test lets a workflow ask for.
 *
 * @param fork whether it comes from a pull request of a stranger's fork
 */
public record Wanted(Repository repository, List<String> labels, boolean fork) {
  public Wanted {
    labels = List.copyOf(labels);
  }

  public static Wanted job(Repository repository, String... labels) {
    return new Wanted(repository, List.of(labels), false);
  }

  public Wanted fromFork() {
    return new Wanted(repository, labels, true);
  }
}
