package dev.nimbus.adapters.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** One numbered change of the schema. Once released it is never edited. */
record Migration(int version, String name, String script) {
  /** Every migration, in order. A test compares this list with the files. */
  static final List<String> NAMES =
      List.of(
          "V0001__queue_hosts_and_identity",
          "V0002__seen_requests",
          "V0003__forges",
          "V0004__job_rates",
          "V0005__postponed_jobs",
          "V0006__what_forges_were_told",
          "V0007__machines",
          "V0008__arrivals",
          "V0009__costs",
          "V0010__usage");

  static List<Migration> all(Dialect dialect) {
    var all = new ArrayList<Migration>();
    for (var name : NAMES) {
      all.add(new Migration(all.size() + 1, name, resource(dialect.folder() + "/" + name)));
    }
    return all;
  }

  String checksum() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The statements of the script: they end with a semicolon at the end of a line. */
  List<String> statements() {
    var statements = new ArrayList<String>();
    for (var statement : script.split(";\\s*\n", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  static String resource(String path) {
    try (var stream = Migration.class.getResourceAsStream(path + ".sql")) {
      return new String(
          Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
