package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists that come in pages. Of the link to the next one only the query is followed, whichever way
 * of paging it names: its address is the one people use, which need not be the connection's.
 */
final class Listing {
  private static final Pattern NEXT =
      Pattern.compile("<[^<>?]{1,2000}\\?([^<>#]{1,2000})>\\s*;[^,<]*rel=\"?next\"?");
  private static final int MOST_PAGES = 200;

  private final ForgeApi api;

  Listing(ForgeApi api) {
    this.api = api;
  }

  /**
   * All of a list; {@code DENIED} when it may not be seen.
   *
   * @param path with its query
   */
  <T> List<T> all(String path, Purpose purpose, Class<T[]> type) {
    return seen(path, purpose, type)
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.DENIED,
                    "Cannot read %s: it does not exist, or the token may not see it"
                        .formatted(path)));
  }

  /** All of a list; empty when there is none, or the token may not see it. */
  <T> Optional<List<T>> seen(String path, Purpose purpose, Class<T[]> type) {
    var found = new ArrayList<T>();
    var next = Optional.of(path);
    for (var page = 0; next.isPresent(); page++) {
      if (page == MOST_PAGES) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot list %s: it has more than %d pages".formatted(path, MOST_PAGES));
      }
      var reply = api.send(Call.get(next.get(), purpose));
      if (reply.status() == 403 || reply.status() == 404) {
        return Optional.empty();
      }
      if (!reply.ok()) {
        throw reply.refusal("read " + path);
      }
      found.addAll(Texts.<T>all(Arrays.asList(reply.json(type))));
      next = next(path, reply);
    }
    return Optional.of(found);
  }

  private static Optional<String> next(String path, Reply reply) {
    var link = NEXT.matcher(reply.header("link"));
    return link.find()
        ? Optional.of(path.replaceFirst("\\?.*", "") + "?" + link.group(1))
        : Optional.empty();
  }
}
