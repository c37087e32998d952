package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and commands are there. */
final class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(#[^)]*)?\\)");
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern COMMAND = Pattern.compile("^(?:sudo )?(?:\\./)?nimbus (.+)$");
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?nimbus ([a-z][^`]*)`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private final Tree tree = Tree.here();

  @Test
  void everyRelativeLinkLeadsToAFile() {
    var broken = new ArrayList<String>();
    for (var document : tree.documents()) {
      for (var link : LINK.matcher(prose(tree.text(document))).results().toList()) {
        var target = link.group(1);
        if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
          broken.add(tree.root().relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyCommandLineInAShellBlockParses() {
    var refused = new ArrayList<String>();
    for (var document : tree.documents()) {
      for (var line : shellLines(tree.text(document)).toList()) {
        var complaint = complaint(line);
        if (!complaint.isEmpty()) {
          refused.add(tree.root().relativize(document) + ": " + line + ": " + complaint);
        }
      }
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void everyCommandNamedInADocumentExists() {
    var unknown = new ArrayList<String>();
    for (var document : tree.documents()) {
      for (var named : INLINE.matcher(prose(tree.text(document))).results().toList()) {
        if (!exists(words(named.group(1)))) {
          unknown.add(tree.root().relativize(document) + ": nimbus " + named.group(1));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static Stream<String> shellLines(String text) {
    return SHELL
        .matcher(text)
        .results()
        .flatMap(block -> block.group(1).lines())
        .map(line -> line.replaceAll("\\s+#.*$", "").strip());
  }

  private static String complaint(String line) {
    var command = COMMAND.matcher(line);
    return command.matches() && !command.group(1).startsWith("test")
        ? CommandLine.complaint(words(command.group(1)))
        : "";
  }

  /** Whether the words before the first option or argument are a command: its help is there. */
  private static boolean exists(List<String> words) {
    var name = words.stream().takeWhile(word -> word.matches("[a-z-]+")).toList();
    if (name.getFirst().equals("test")) {
      return true;
    }
    return Stream.iterate(name.size(), size -> size > 0, size -> size - 1)
        .map(size -> Stream.concat(name.stream().limit(size), Stream.of("--help")).toList())
        .anyMatch(line -> CommandLine.complaint(line).isEmpty());
  }

  private static List<String> words(String line) {
    return WORD.matcher(line.replaceAll("\\s[|>].*$", ""))
        .results()
        .map(word -> Stream.of(1, 2, 3).map(word::group).filter(text -> text != null).toList())
        .map(List::getFirst)
        .toList();
  }

  /** A document without its blocks of code. */
  private static String prose(String text) {
    return text.replaceAll("(?s)```.*?```", "");
  }

  @Test
  void everyDocumentCanBeFound() {
    var links = new ArrayList<Path>();
    for (var document : tree.documents()) {
      LINK.matcher(tree.text(document))
          .results()
          .map(link -> document.resolveSibling(link.group(1)).normalize())
          .forEach(links::add);
    }
    assertThat(tree.documents())
        .filteredOn(document -> document.startsWith(tree.file("docs")))
        .filteredOn(document -> !document.startsWith(tree.file("docs/adr")))
        .filteredOn(document -> !document.equals(tree.file("docs/README.md")))
        .allSatisfy(document -> assertThat(links).contains(document));
  }
}
