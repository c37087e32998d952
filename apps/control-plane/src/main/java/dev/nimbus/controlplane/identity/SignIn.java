package dev.nimbus.controlplane.identity;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.SignInCode;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.core.storage.Once;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.token.Audience;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Signs browsers in by links that work once. */
public final class SignIn {
  /** How long a browser stays signed in. */
  public static final Duration SESSION = Duration.ofHours(12);

  /** What the subjects of browser sessions begin with, each session being one of its own. */
  public static final String BROWSER = "browser-";

  private static final Duration LINK = Duration.ofMinutes(15);
  private static final String EVERY_ORG = "every-org";

  private final IdentityStore store;
  private final Issuing issuing;
  private final Ids ids;
  private final InstantSource time;

  public SignIn(IdentityStore store, Issuing issuing, Ids ids, InstantSource time) {
    this.store = store;
    this.issuing = issuing;
    this.ids = ids;
    this.time = time;
  }

  /** A link's secret, good once and for a quarter of an hour. */
  public Link offer(OrgId org, String subject, boolean everyOrg) {
    return offer(org, subject, everyOrg, Once.NEVER_SEEN);
  }

  /**
   * The same for a request that may come again: the secret itself is never kept, so a new one takes
   * the place of the first as long as that was not used. {@code CONFLICT} with {@code
   * idempotency-key-taken} when the key is another request's.
   */
  public Link offer(OrgId org, String subject, boolean everyOrg, Once once) {
    var code = HexFormat.of().formatHex(ids.secret(32));
    var now = time.instant();
    var expires = now.plus(LINK);
    var scopes = everyOrg ? List.of(EVERY_ORG) : List.<String>of();
    var offered = new SignInCode(digest(code), org, subject, scopes, expires);
    return switch (store.offer(offered, once, now)) {
      case IdentityStore.Offer.Offered() -> new Link(code, expires, true);
      case IdentityStore.Offer.Replaced() -> new Link(code, expires, false);
      case IdentityStore.Offer.KeyTaken() ->
          throw new NimbusException(
              Kind.CONFLICT,
              "idempotency-key-taken",
              "Cannot offer '%s' to sign in under key '%s': it belongs to a different request, or to"
                      .formatted(subject, once.key())
                  + " a link that was used or is too old");
    };
  }

  /** Uses up a code and gives a session token; {@code DENIED} when it is unknown, used or old. */
  public String redeem(String code) {
    var offered =
        store
            .redeem(digest(code), time.instant())
            .orElseThrow(
                () ->
                    new NimbusException(
                        Kind.DENIED,
                        "Cannot sign in: this link was used before or is too old;"
                            + " `nimbus dashboard` makes a new one"));
    var wanted =
        new Issuing.Wanted(
            Audience.ADMIN,
            BROWSER + offered.subject() + "-" + ids.next("s"),
            offered.org(),
            offered.scopes().contains(EVERY_ORG),
            Set.of(),
            SESSION);
    return issuing.issue(wanted, "sign-in link of " + offered.subject()).token();
  }

  private static String digest(String code) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(code.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /**
   * What goes into the link, and until when it works.
   *
   * @param fresh whether it is the first of its request
   */
  public record Link(String code, Instant expiresAt, boolean fresh) {}
}
