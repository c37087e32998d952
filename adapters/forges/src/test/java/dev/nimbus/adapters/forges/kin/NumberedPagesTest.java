package dev.nimbus.adapters.forges.kin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.kin.NumberedPages.Page;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NumberedPagesTest {
  private final List<String> asked = new ArrayList<>();

  @Test
  void aPageShorterThanAskedForIsNotTheLast() {
    var pages = pages(Map.of(), "a", "b", "c");

    assertThat(all(pages, Long.MAX_VALUE)).containsExactly("a", "b", "c");
    assertThat(asked).hasSize(4).first().asString().isEqualTo("/list?limit=50&page=1");
  }

  @Test
  void nothingIsAskedForOnceAllIsThere() {
    assertThat(all(pages(Map.of(), "a", "b", "c"), 2)).containsExactly("a", "b");
    assertThat(all(pages(Map.of("x-total-count", "1"), "a", "b"), Long.MAX_VALUE))
        .containsExactly("a");
  }

  @Test
  void aListWithoutEndIsUnavailable() {
    ForgeApi endless = _ -> answer(200, Map.of(), "more");

    assertThatThrownBy(() -> all(new NumberedPages(endless), Long.MAX_VALUE))
        .hasMessageContaining("more than 200 pages");
  }

  @Test
  void aListThatIsNotThereIsDenied() {
    ForgeApi none = _ -> answer(404, Map.of(), "no");

    assertThatThrownBy(() -> all(new NumberedPages(none), 0))
        .isInstanceOfSatisfying(
            NimbusException.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.DENIED));
  }

  private static List<String> all(NumberedPages pages, long total) {
    return pages.all("/list", Purpose.POLL, reply -> new Page<>(words(reply), total));
  }

  private static List<String> words(Reply reply) {
    return reply.told().isEmpty() ? List.of() : List.of(reply.told());
  }

  private NumberedPages pages(Map<String, String> headers, String... words) {
    return new NumberedPages(
        (Call call) -> {
          asked.add(call.path());
          var number = Integer.parseInt(call.path().replaceFirst(".*page=", ""));
          return answer(200, headers, number <= words.length ? words[number - 1] : "");
        });
  }

  private static ForgeApi.Sent answer(int status, Map<String, String> headers, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return new ForgeApi.Sent.Answered(new Reply(status, headers, bytes));
  }
}
