package dev.nimbus.core.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A list of patterns as people write it: a text is meant when one of them matches and none that
 * begins with {@code !} does; a list of only such means everything else.
 */
public final class Patterns {
  private final Side meant;
  private final Side spared;
  private final Letters letters;

  private Patterns(Side meant, Side spared, Letters letters) {
    this.meant = meant;
    this.spared = spared;
    this.letters = letters;
  }

  /** Whether {@code A} and {@code a} are the same. */
  public enum Letters {
    FOLDED,
    EXACT
  }

  public static Patterns of(List<String> texts, Letters letters) {
    return new Patterns(
        Side.of(texts.stream().filter(text -> !spares(text)).toList(), letters),
        Side.of(texts.stream().filter(Patterns::spares).map(t -> t.substring(1)).toList(), letters),
        letters);
  }

  /** Everything but these. */
  public static Patterns allBut(List<String> texts, Letters letters) {
    return new Patterns(Side.of(List.of(), letters), Side.of(texts, letters), letters);
  }

  boolean mean(String text) {
    var folded = fold(text, letters);
    return !spared.has(folded) && (meant.isEmpty() || meant.has(folded));
  }

  boolean spare(String text) {
    return spared.has(fold(text, letters));
  }

  /** Whether they mean whatever they do not spare. */
  boolean meanTheRest() {
    return meant.isEmpty();
  }

  boolean sparesNothing() {
    return spared.isEmpty();
  }

  /** Such as {@code any branch but 'main'}. */
  String words(String noun) {
    var sparing = spared.isEmpty() ? "" : " but " + spared.words();
    return meant.isEmpty() ? "any " + noun + sparing : noun + " " + meant.words() + sparing;
  }

  /** What is spared, for a sentence. */
  String sparedWords() {
    return spared.words();
  }

  /** What is meant, for a sentence. */
  String meantWords() {
    return meant.words();
  }

  private static boolean spares(String text) {
    return text.startsWith("!");
  }

  private static String fold(String text, Letters letters) {
    return letters == Letters.FOLDED ? text.strip().toLowerCase(Locale.ROOT) : text;
  }

  /** Patterns of one kind: whole texts are looked up, the others tried in turn. */
  private record Side(List<String> texts, Set<String> whole, List<Glob> wild) {
    static Side of(List<String> texts, Letters letters) {
      var folded = texts.stream().map(text -> fold(text, letters)).toList();
      var whole = new HashSet<>(folded);
      whole.removeIf(Glob::wild);
      return new Side(texts, whole, folded.stream().filter(Glob::wild).map(Glob::new).toList());
    }

    boolean isEmpty() {
      return texts.isEmpty();
    }

    boolean has(String text) {
      if (whole.contains(text)) {
        return true;
      }
      for (var glob : wild) {
        if (glob.matches(text)) {
          return true;
        }
      }
      return false;
    }

    String words() {
      return Words.either(texts);
    }
  }
}
