package dev.nimbus.core.cache;

import dev.nimbus.core.id.OrgId;
import java.util.regex.Pattern;

/**
 * The name of a blob: its tenant and a relative path below it. Made so that no name of one tenant
 * can ever mean a blob of another.
 */
public record BlobKey(OrgId org, String path) {
  private static final int MAX_LENGTH = 512;
  private static final Pattern SEGMENTS =
      Pattern.compile(
          "[A-Za-z0-9_=+@:~-][A-Za-z0-9._=+@:~-]*(/[A-Za-z0-9_=+@:~-][A-Za-z0-9._=+@:~-]*)*");

  public BlobKey {
    if (path.length() > MAX_LENGTH || !SEGMENTS.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "Not a cache key: '%s' (segments of letters, digits and ._=+@:~- that do not start with a dot, at most %d)"
              .formatted(
                  path.length() > MAX_LENGTH ? path.substring(0, MAX_LENGTH) + "…" : path,
                  MAX_LENGTH));
    }
  }
}
