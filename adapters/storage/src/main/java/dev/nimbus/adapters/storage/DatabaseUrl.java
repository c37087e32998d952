package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the database is. Never shows a password. */
sealed interface DatabaseUrl {
  int POSTGRES_PORT = 5432;

  Database open();

  static DatabaseUrl parse(String url) {
    if (url.startsWith("sqlite:")) {
      return sqlite(url.substring("sqlite:".length()));
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return postgres(url);
    }
    throw invalid("it must be sqlite:PATH or postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
  }

  /** A file of SQLite. */
  record Sqlite(Path file) implements DatabaseUrl {
    @Override
    public Database open() {
      return SqliteDatabase.open(file);
    }
  }

  /** A PostgreSQL server. */
  record Postgres(String place, String jdbcUrl, String user, String password)
      implements DatabaseUrl {
    @Override
    public Database open() {
      return PostgresDatabase.open(this);
    }

    @Override
    public String toString() {
      return place;
    }
  }

  private static DatabaseUrl sqlite(String path) {
    try {
      var file = Path.of(path);
      if (path.isBlank() || file.getFileName() == null) {
        throw invalid("sqlite: is followed by the path of a file");
      }
      return new Sqlite(file.toAbsolutePath());
    } catch (InvalidPathException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot open database 'sqlite:%s': %s".formatted(path, e.getReason()), e);
    }
  }

  private static DatabaseUrl postgres(String url) {
    var uri = uri(url);
    var path = uri.getRawPath();
    if (uri.getHost() == null || path == null || path.length() < 2) {
      throw invalid("postgresql:// is followed by USER:PASSWORD@HOST:PORT/DATABASE");
    }
    var port = uri.getPort() < 0 ? POSTGRES_PORT : uri.getPort();
    var place = "//" + uri.getHost() + ":" + port + path;
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    var colon = user.indexOf(':');
    return new Postgres(
        "postgresql:" + place,
        "jdbc:postgresql:" + place + query,
        decoded(colon < 0 ? user : user.substring(0, colon)),
        colon < 0 ? "" : decoded(user.substring(colon + 1)));
  }

  /** Throws without the cause, whose message would show the password. */
  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw invalid(
          e.getReason()
              + " at character "
              + e.getIndex()
              + " (in a password, write special characters as %XX)");
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static NimbusException invalid(String why) {
    return new NimbusException(Kind.INVALID, "Cannot read the url of the database: " + why);
  }
}
