package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
  private static final URI BASE = URI.create("https://forge.example/api");
  private static final Call FIRST = Call.get("/jobs", Purpose.POLL);

  private final List<String> asked = new ArrayList<>();

  @Test
  void everyPageIsReadOnce() {
    var pages =
        pages(
            "<https://forge.example/api/jobs?page=2>; rel=\"next\", <https://x>; rel=\"last\"",
            "<https://forge.example/api/jobs?page=1>; rel=\"prev\", <https://forge.example/api/jobs?page=3>; rel=\"next\"",
            "<https://forge.example/api/jobs?page=2>; rel=\"prev\"");

    pages.each(FIRST, _ -> true);
    assertThat(asked).containsExactly("/jobs", "/jobs?page=2", "/jobs?page=3");
  }

  @Test
  void aReaderThatHasEnoughEndsIt() {
    pages("<https://forge.example/api/jobs?page=2>; rel=\"next\"").each(FIRST, _ -> false);

    assertThat(asked).containsExactly("/jobs");
  }

  @Test
  void noCredentialIsSentElsewhere() {
    var pages = pages("<https://evil.example/api/jobs?page=2>; rel=\"next\"");

    assertThatThrownBy(() -> pages.each(FIRST, _ -> true)).hasMessageContaining("evil.example");
    assertThat(asked).containsExactly("/jobs");
  }

  @Test
  void anEndlessListEnds() {
    var endless = pages("<https://forge.example/api/jobs>; rel=\"next\"");

    assertThatThrownBy(() -> endless.each(FIRST, _ -> true)).hasMessageContaining("pages");
    assertThat(asked).hasSize(200);
  }

  /** A forge that answers with these links, the last of them again and again. */
  private Pages pages(String... links) {
    ForgeApi api =
        call -> {
          asked.add(call.path());
          var link = links[Math.min(asked.size(), links.length) - 1];
          return new ForgeApi.Sent.Answered(Replies.of(200, "link", link));
        };
    return new Pages(api, BASE);
  }
}
