package dev.nimbus.testkit.forge.gitlab;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A project as it is now. Used under a lock. */
final class Project {
  final long id;
  final String path;
  Instant lastActivityAt;
  boolean hidden;

  Project(long id, String path, Instant lastActivityAt) {
    this.id = id;
    this.path = path;
    this.lastActivityAt = lastActivityAt;
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String namespace() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Whether a word of an address means it: its number, or its path with every slash encoded. */
  boolean named(String word) {
    return word.equals(Long.toString(id))
        || URLDecoder.decode(word, StandardCharsets.UTF_8).equalsIgnoreCase(path);
  }
}
