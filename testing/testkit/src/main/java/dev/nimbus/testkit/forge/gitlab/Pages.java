package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Lists in pages, by number or by key. The link to the next page has the address people use, which
 * is not the one programs here reach.
 */
final class Pages {
  private static final String ADDRESS = "https://gitlab.acme.example";
  private static final int USUAL = 20;
  private static final int LARGEST = 100;

  private Pages() {}

  static <T> Answer numbered(Call call, List<T> all, Function<T, ?> shape) {
    var size = size(call);
    var page = Math.max(1, call.number("page", 1));
    var from = Math.min(all.size(), (page - 1) * size);
    var until = Math.min(all.size(), from + size);
    var answer =
        Answer.of(200, all.subList(from, until).stream().map(shape).toList())
            .with("X-Total", all.size());
    return until < all.size() ? answer.with("Link", link(call, "page", page + 1)) : answer;
  }

  /** The newest first, and each page from where the one before it ended. */
  static <T> Answer byKey(Call call, List<T> all, ToLongFunction<T> key, Function<T, ?> shape) {
    var before = call.number("cursor", Integer.MAX_VALUE);
    var rest =
        all.stream()
            .filter(item -> key.applyAsLong(item) < before)
            .sorted((one, other) -> Long.compare(key.applyAsLong(other), key.applyAsLong(one)))
            .toList();
    var page = rest.subList(0, Math.min(rest.size(), size(call)));
    var answer = Answer.of(200, page.stream().map(shape).toList());
    return page.size() < rest.size()
        ? answer.with("Link", link(call, "cursor", key.applyAsLong(page.getLast())))
        : answer;
  }

  private static int size(Call call) {
    return Math.clamp(call.number("per_page", USUAL), 1, LARGEST);
  }

  private static String link(Call call, String name, long value) {
    var query = new ArrayList<>(List.of(call.query().split("&", -1)));
    query.removeIf(pair -> pair.startsWith(name + "="));
    query.add(name + "=" + value);
    var address = ADDRESS + call.path() + "?";
    return "<%s%s>; rel=\"first\", <%s%s>; rel=\"next\""
        .formatted(address, call.query(), address, String.join("&", query));
  }
}
