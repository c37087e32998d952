package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RememberingApiTest {
  private static final Call JOBS = Call.get("/jobs", Purpose.POLL);

  private final Pages pages = new Pages();
  private final RememberingApi api = new RememberingApi(pages, 1_000);

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    pages.put("/jobs", "three jobs");
    var first = api.send(JOBS);
    var second = api.send(JOBS);

    assertThat(second.told()).isEqualTo(first.told()).isEqualTo("three jobs");
    assertThat(second.status()).isEqualTo(200);
    assertThat(pages.statuses).containsExactly(200, 304);
  }

  @Test
  void whatChangedIsSeenAtOnce() {
    pages.put("/jobs", "three jobs");
    api.send(JOBS);
    pages.put("/jobs", "two jobs");

    assertThat(api.send(JOBS).told()).isEqualTo("two jobs");
    assertThat(api.send(JOBS).told()).isEqualTo("two jobs");
    assertThat(pages.statuses).containsExactly(200, 200, 304);
  }

  @Test
  void onlyPollsAreRemembered() {
    pages.put("/jobs", "three jobs");
    api.send(Call.get("/jobs", Purpose.MINT));
    api.send(Call.get("/jobs", Purpose.MINT));

    assertThat(pages.statuses).containsExactly(200, 200);
  }

  @Test
  void whatIsGoneIsForgotten() {
    pages.put("/jobs", "three jobs");
    api.send(JOBS);
    pages.bodies.clear();
    assertThat(api.send(JOBS).status()).isEqualTo(404);
    pages.put("/jobs", "three jobs");

    api.send(JOBS);
    assertThat(pages.statuses).containsExactly(200, 404, 200);
  }

  @Test
  void noMoreIsKeptThanAllowed() {
    for (var page = 0; page < 10; page++) {
      pages.put("/" + page, "x".repeat(300));
      api.send(Call.get("/" + page, Purpose.POLL));
    }
    pages.put("/large", "x".repeat(5_000));
    api.send(Call.get("/large", Purpose.POLL));
    pages.statuses.clear();

    api.send(Call.get("/large", Purpose.POLL));
    for (var page = 9; page >= 0; page--) {
      api.send(Call.get("/" + page, Purpose.POLL));
    }
    assertThat(pages.statuses)
        .containsExactly(200, 304, 304, 304, 200, 200, 200, 200, 200, 200, 200);
  }

  /** Answers what it was given, with an ETag. */
  private static final class Pages implements Rotation.Member {
    private final Map<String, String> bodies = new HashMap<>();
    private final List<Integer> statuses = new ArrayList<>();

    void put(String path, String body) {
      bodies.put(path, body);
    }

    @Override
    public Sent attempt(Call call) {
      var reply = reply(call);
      statuses.add(reply.status());
      return new Sent.Answered(reply);
    }

    private Reply reply(Call call) {
      var body = bodies.get(call.path());
      if (body == null) {
        return Replies.of(404);
      }
      var tag = "\"" + body.hashCode() + "\"";
      return tag.equals(call.headers().get("If-None-Match"))
          ? Replies.of(304, "etag", tag)
          : Replies.saying(200, body, "etag", tag);
    }

    @Override
    public Instant opens(Call call) {
      return Instant.EPOCH;
    }

    @Override
    public Map<String, Long> remaining() {
      return Map.of();
    }
  }
}
