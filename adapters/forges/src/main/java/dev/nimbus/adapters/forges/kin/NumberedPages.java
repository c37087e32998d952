package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lists that come in numbered pages. The links to the next page are not followed: they name the
 * address people use, which need not be the one of the connection; and a page may hold less than
 * was asked for, as an operator likes.
 */
public final class NumberedPages {
  private static final int AT_ONCE = 50;
  private static final int MOST = 200;

  private final ForgeApi api;

  public NumberedPages(ForgeApi api) {
    this.api = api;
  }

  /**
   * Asks for page after page, until one is empty or all are there.
   *
   * @param path with a query or without, but without a page
   */
  public <T> List<T> all(String path, Purpose purpose, Function<Reply, Page<T>> reader) {
    var found = new ArrayList<T>();
    var from = path + (path.indexOf('?') < 0 ? "?" : "&") + "limit=" + AT_ONCE + "&page=";
    for (var number = 1; number <= MOST; number++) {
      var reply = fine(api.send(Call.get(from + number, purpose)), path);
      var page = reader.apply(reply);
      found.addAll(page.items());
      if (page.items().isEmpty() || found.size() >= total(reply, page)) {
        return found;
      }
    }
    throw new NimbusException(
        Kind.UNAVAILABLE, "Cannot list %s: it has more than %d pages".formatted(path, MOST));
  }

  /** A good answer, or the failure it means. */
  public static Reply fine(Reply reply, String path) {
    if (reply.status() == 404) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot read %s: it does not exist, or the token may not see it".formatted(path));
    }
    if (!reply.ok()) {
      throw reply.refusal("read " + path);
    }
    return reply;
  }

  private static long total(Reply reply, Page<?> page) {
    var told = reply.header("x-total-count");
    return told.matches("\\d{1,18}") ? Long.parseLong(told) : page.total();
  }

  /**
   * What one answer holds.
   *
   * @param total of all pages; {@link Long#MAX_VALUE} when the answer does not say
   */
  public record Page<T>(List<T> items, long total) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
