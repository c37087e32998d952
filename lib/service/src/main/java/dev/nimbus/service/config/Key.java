package dev.nimbus.service.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One thing that can be configured.
 *
 * @param name lower case with dashes, as in the file
 * @param description one sentence for people
 * @param defaultText what counts when nothing is set, in the form the file would use; empty when
 *     the key has no default
 * @param secret never shown, and may also come from a file named by {@code NIMBUS_…_FILE}
 * @param parser turns text into a value; throws {@link IllegalArgumentException} saying what is
 *     wrong with it
 * @param placeholder what {@link Settings#read} returns after it recorded a problem
 */
public record Key<T>(
    String name,
    String description,
    String defaultText,
    boolean secret,
    Function<String, T> parser,
    T placeholder) {

  /** The environment variable of this key. */
  public String variable() {
    return "NIMBUS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The environment variable that names a file holding the value of a secret key. */
  public String fileVariable() {
    return variable() + "_FILE";
  }

  public static Key<String> text(String name, String description, String defaultText) {
    return of(name, description, defaultText, text -> text, "");
  }

  /** A whole number within bounds. */
  public static Key<Integer> number(
      String name, String description, String defaultText, int min, int max) {
    return of(name, description, defaultText, text -> Texts.number(text, min, max), min);
  }

  /** True or false. */
  public static Key<Boolean> flag(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::flag, false);
  }

  /** Such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}; bare, seconds. */
  public static Key<Duration> duration(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::duration, Duration.ZERO);
  }

  /** Such as {@code 512MiB}, {@code 2G}, {@code 100kB}; bare, bytes. K, M and G count by 1024. */
  public static Key<Long> bytes(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::bytes, 0L);
  }

  public static Key<Path> path(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::path, Path.of(""));
  }

  /** A YAML sequence, or text separated by commas. */
  public static Key<List<String>> list(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::list, List.of());
  }

  /** An absolute http or https address, without a slash at its end. */
  public static Key<URI> uri(String name, String description, String defaultText) {
    return of(name, description, defaultText, Texts::uri, URI.create(""));
  }

  /** A secret; there is never a default. */
  public static Key<Secret> secret(String name, String description) {
    return new Key<>(name, description, "", true, Secret::new, Secret.NONE);
  }

  /** A key of any other type. */
  public static <T> Key<T> of(
      String name,
      String description,
      String defaultText,
      Function<String, T> parser,
      T placeholder) {
    return new Key<>(name, description, defaultText, false, parser, placeholder);
  }
}
