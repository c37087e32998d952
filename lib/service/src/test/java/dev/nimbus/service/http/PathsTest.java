package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which route a path means, and which paths mean nothing. */
class PathsTest {
  private static Served served;

  @BeforeAll
  static void start() {
    served =
        Served.with(
            said("/jobs", "all"),
            said("/jobs/recent", "recent"),
            Route.get("/jobs/{id}", Access.open(), r -> text("job " + r.param("id"))),
            Route.get("/jobs/{id}/logs", Access.open(), r -> text("logs " + r.param("id"))),
            Route.get("/cache/{key...}", Access.open(), r -> text("key " + r.param("key"))),
            Route.get("/a/{x}/b/{y}", Access.open(), r -> text(r.param("x") + "," + r.param("y"))),
            said("/a/1/c", "literal"));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void literalsBeatPlaceholders() throws Exception {
    assertThat(body("/jobs")).isEqualTo("all");
    assertThat(body("/jobs/recent")).isEqualTo("recent");
    assertThat(body("/jobs/j-1")).isEqualTo("job j-1");
    assertThat(body("/jobs/recent/logs")).isEqualTo("logs recent");
    assertThat(body("/a/1/c")).isEqualTo("literal");
    assertThat(body("/a/1/b/2")).isEqualTo("1,2");
  }

  @Test
  void aPathIsDecodedExactlyOnce() throws Exception {
    assertThat(body("/jobs/a%20b")).isEqualTo("job a b");
    assertThat(body("/jobs/a%252Fb")).isEqualTo("job a%2Fb");
    assertThat(body("/jobs/%C3%A9")).isEqualTo("job é");
    assertThat(body("/cache/x/y%2Fz")).isEqualTo("key x/y/z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/..",
        "/jobs/%2e%2e",
        "/jobs/%2E.",
        "/jobs/a%2Fb",
        "/jobs/a%00b",
        "/jobs/a%0Ab",
        "/jobs/%",
        "/jobs/%4",
        "/jobs/%zz",
        "/jobs/%c3",
        "/cache/../etc/passwd",
        "/cache/a/%2e%2e/b",
        "/cache/a%2F..%2Fb",
        "/cache/a//b",
        "/cache/a/./b",
        "/cache/%2Fetc"
      })
  void trickyPathsAreRefused(String path) throws Exception {
    assertThat(status(path)).isEqualTo("400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//jobs", "/jobs/", "/jobs//logs", "/cache", "/Jobs", "/cache/"})
  void pathsNobodyServesAreNotFound(String path) throws Exception {
    assertThat(status(path)).isIn("404", "400");
  }

  private static String status(String path) throws IOException {
    return answer(path).substring("HTTP/1.1 ".length()).substring(0, 3);
  }

  private static String body(String path) throws IOException {
    var answer = answer(path);
    assertThat(answer).startsWith("HTTP/1.1 200");
    var bytes = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return new String(
        bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Sent as it is, since well-behaved clients tidy paths up. */
  private static String answer(String path) throws IOException {
    return served.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static Route said(String pattern, String text) {
    return Route.get(pattern, Access.open(), _ -> text(text));
  }

  private static Response text(String text) {
    return Response.text(200, "text/plain", text);
  }
}
