package dev.nimbus.adapters.blobs;

import dev.nimbus.core.cache.BlobKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Where things are: {@code blobs/<org>/<2 of hash>/<hash>} and {@code temporary/<name>}. */
record Layout(Path root) {
  /** Told of each blob that is there. */
  interface Found {
    void blob(Path file, long size, long usedMillis);
  }

  void create() throws IOException {
    Files.createDirectories(temporary());
    Files.createDirectories(blobs());
  }

  /** Removes what a crash left. */
  void sweep() throws IOException {
    try (var files = Files.newDirectoryStream(temporary())) {
      for (var file : files) {
        Files.delete(file);
      }
    }
  }

  Path temporary() {
    return root.resolve("temporary");
  }

  /** The file of a blob, whether it is there or not. */
  Path file(BlobKey key) {
    var hash = hash(key.path());
    return blobs().resolve(key.org().value()).resolve(hash.substring(0, 2)).resolve(hash);
  }

  void blobs(Found found) throws IOException {
    Files.walkFileTree(
        blobs(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.blob(file, attributes.size(), attributes.lastModifiedTime().toMillis());
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Makes the names in a folder outlive a power cut. */
  static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path blobs() {
    return root.resolve("blobs");
  }

  private static String hash(String path) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
