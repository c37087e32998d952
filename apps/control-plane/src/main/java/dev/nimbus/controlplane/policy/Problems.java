package dev.nimbus.controlplane.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Everything that is wrong with one file, with the lines. */
final class Problems {
  private static final int SHOWN = 50;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void at(Node node, String what) {
    at(node.getStartMark().map(Mark::getLine).orElse(0) + 1, what);
  }

  void at(int line, String what) {
    found.add(new Problem(line, what.replaceAll("\\s+", " ")));
  }

  boolean none() {
    return found.isEmpty();
  }

  /** One whole sentence each, in the order of the file; of very many the first. */
  List<String> sentences() {
    var sentences = new ArrayList<String>();
    found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .limit(SHOWN)
        .map(this::sentence)
        .forEach(sentences::add);
    if (found.size() > SHOWN) {
      sentences.add("'%s' has %d more problems.".formatted(file, found.size() - SHOWN));
    }
    return sentences;
  }

  private String sentence(Problem problem) {
    var end = problem.what().matches(".*[.?]") ? "" : ".";
    return "'%s' line %d: %s%s".formatted(file, problem.line(), problem.what(), end);
  }

  private record Problem(int line, String what) {}
}
