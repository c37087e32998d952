package dev.nimbus.hostagent.runner;

import dev.nimbus.core.forge.ForgeKind;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a program of a runner can be had, and how it is known to be the right one.
 *
 * @param url of an archive, or of the program itself
 * @param sha256 of what is there, in lower-case hex
 */
public record RunnerDownload(ForgeKind forge, URI url, String sha256) {
  private static final Pattern WRITTEN =
      Pattern.compile("([a-z-]+)=(https?://[^\\s#]+)#sha256=([0-9A-Fa-f]{64})");
  private static final int MARK = 16;

  /** Reads {@code forgejo-runner=https://…#sha256=…}. */
  public static RunnerDownload parse(String text) {
    var written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new IllegalArgumentException("'" + text.strip() + "' is not TOOL=URL#sha256=HEX");
    }
    return new RunnerDownload(
        forge(written.group(1)),
        URI.create(written.group(2)),
        written.group(3).toLowerCase(Locale.ROOT));
  }

  /** The name of the folder it goes to: that of its program, and the beginning of its sum. */
  String folder() {
    return forge.tool() + "-" + sha256.substring(0, MARK);
  }

  /** Whether it is to be unpacked. */
  boolean archive() {
    var path = String.valueOf(url.getPath());
    return path.endsWith(".tar.gz") || path.endsWith(".tgz");
  }

  private static ForgeKind forge(String tool) {
    return Stream.of(ForgeKind.values())
        .filter(forge -> forge.tool().equals(tool))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + tool + "' is not the program of a runner"));
  }
}
