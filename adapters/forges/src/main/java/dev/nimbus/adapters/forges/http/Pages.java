package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Follows the {@code Link} header of lists that come in pages. */
public final class Pages {
  private static final Pattern NEXT = Pattern.compile("<([^<>]{1,2000})>\\s*;[^,<]*rel=\"?next\"?");
  private static final int MOST = 200;

  private final ForgeApi api;
  private final URI base;

  /**
   * @param base of the API; pages elsewhere are not followed
   */
  public Pages(ForgeApi api, URI base) {
    this.api = api;
    this.base = base;
  }

  /**
   * Asks for page after page until there is none left, or the reader of one has enough.
   *
   * @param more reads a page's answer; false to ask for no other
   */
  public void each(Call first, Predicate<Reply> more) {
    var call = Optional.of(first);
    for (var page = 0; call.isPresent(); page++) {
      if (page == MOST) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot read %s%s: it has more than %d pages".formatted(base, first.path(), MOST));
      }
      var reply = api.send(call.get());
      call = more.test(reply) ? next(first, reply) : Optional.empty();
    }
  }

  private Optional<Call> next(Call call, Reply reply) {
    var link = NEXT.matcher(reply.header("link"));
    if (!link.find()) {
      return Optional.empty();
    }
    var address = link.group(1);
    if (!address.startsWith(base + "/")) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot follow the pages of %s%s: the next one is at '%s'"
              .formatted(base, call.path(), address));
    }
    return Optional.of(Call.get(address.substring(base.toString().length()), call.purpose()));
  }
}
