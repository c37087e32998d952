package dev.nimbus.controlplane.policy;

import dev.nimbus.core.policy.Rulebook;
import dev.nimbus.service.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A policy as it stands in a file.
 *
 * @param revision equal for equal contents, on every machine
 */
public record PolicyDocument(String revision, Rulebook rules) {
  /** What an installation has without a file. */
  public static final PolicyDocument DEFAULT = new PolicyDocument("default", Rulebook.DEFAULT);

  private static final int MAX_BYTES = 1 << 20;
  private static final int REVISION_DIGITS = 12;

  /** What became of reading. */
  public sealed interface Reading {
    record Good(PolicyDocument document) implements Reading {}

    /** There is nothing in the file. */
    record Empty() implements Reading {}

    /**
     * The file cannot be used.
     *
     * @param problems one whole sentence each
     */
    record Bad(List<String> problems) implements Reading {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads a file, or throws {@link ConfigException} with everything that is wrong with it. One with
   * nothing in it is {@link #DEFAULT}.
   */
  public static PolicyDocument load(Path file) {
    return switch (read(file)) {
      case Reading.Empty _ -> DEFAULT;
      case Reading.Good(var document) -> document;
      case Reading.Bad(var problems) -> throw new ConfigException(problems);
    };
  }

  /** Reads a file. */
  public static Reading read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return of(file.toString(), in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      return bad("Cannot read policy '%s': %s.".formatted(file, reason(e)));
    }
  }

  /**
   * Reads contents.
   *
   * @param file what problems call it
   */
  public static Reading of(String file, byte[] contents) {
    if (contents.length > MAX_BYTES) {
      return bad("'%s' is larger than %d bytes.".formatted(file, MAX_BYTES));
    }
    final String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(contents)).toString();
    } catch (CharacterCodingException _) {
      return bad("'%s' is not UTF-8 text.".formatted(file));
    }
    var problems = new Problems(file);
    var rules = YamlTree.read(text, problems).map(node -> PolicyReader.read(node, problems));
    if (!problems.none()) {
      return new Reading.Bad(problems.sentences());
    }
    return rules.isEmpty()
        ? new Reading.Empty()
        : new Reading.Good(new PolicyDocument(revision(contents), rules.get()));
  }

  private static Reading bad(String sentence) {
    return new Reading.Bad(List.of(sentence));
  }

  private static String revision(byte[] contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(contents);
      return HexFormat.of().formatHex(digest).substring(0, REVISION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
