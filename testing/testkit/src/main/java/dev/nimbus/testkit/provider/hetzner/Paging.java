package dev.nimbus.testkit.provider.hetzner;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import java.util.List;
import java.util.Map;

/** Answers with a part of a list. */
final class Paging {
  private static final int USUAL = 25;
  private static final int MOST = 50;

  private Paging() {}

  static Answer of(Call call, String name, List<Map<String, Object>> all) {
    var size = Math.clamp(call.number("per_page", USUAL), 1, MOST);
    var page = Math.max(1, call.number("page", 1));
    var last = Math.max(1, Math.ceilDiv(all.size(), size));
    var part = all.stream().skip((page - 1L) * size).limit(size).toList();
    var pagination =
        Shape.of(
            "page",
            page,
            "per_page",
            size,
            "previous_page",
            page > 1 ? page - 1 : null,
            "next_page",
            page < last ? page + 1 : null,
            "last_page",
            last,
            "total_entries",
            all.size());
    return Answer.of(200, Shape.of(name, part, "meta", Shape.of("pagination", pagination)));
  }
}
