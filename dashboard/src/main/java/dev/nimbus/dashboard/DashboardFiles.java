package dev.nimbus.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the dashboard by the path a browser asks for. Thread-safe. */
public final class DashboardFiles {
  private static final Pattern ASSET = Pattern.compile("/assets/(?:[a-z-]+/)*[A-Za-z-]+\\.[a-z]+");
  private static final String PAGE = "/index.html";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8",
          "md", "text/plain; charset=utf-8");

  private final Map<String, DashboardFile> loaded = new ConcurrentHashMap<>();

  /**
   * The file for a path: an asset where the path names one, empty where it names an asset that is
   * not there, and the page itself for every other path, because the page finds its own way.
   */
  public Optional<DashboardFile> find(String path) {
    if (!path.startsWith("/assets/")) {
      return load(PAGE);
    }
    return ASSET.matcher(path).matches() ? load(path) : Optional.empty();
  }

  /**
   * Headers that every one of these files is served with. They forbid scripts, styles and
   * connections of other origins, inline scripts, frames, and turning text into markup.
   */
  public static Map<String, String> headers() {
    return Map.of(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none';"
            + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "same-origin",
        "Cross-Origin-Opener-Policy",
        "same-origin",
        "Cache-Control",
        "no-cache");
  }

  private Optional<DashboardFile> load(String path) {
    var known = loaded.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    var file = read(path);
    file.ifPresent(found -> loaded.put(path, found));
    return file;
  }

  private static Optional<DashboardFile> read(String path) {
    try (var stream = DashboardFiles.class.getResourceAsStream("/dashboard" + path)) {
      if (stream == null) {
        return Optional.empty();
      }
      var body = stream.readAllBytes();
      var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      return Optional.ofNullable(type).map(known -> new DashboardFile(known, etag(body), body));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the dashboard's " + path, e);
    }
  }

  private static String etag(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
