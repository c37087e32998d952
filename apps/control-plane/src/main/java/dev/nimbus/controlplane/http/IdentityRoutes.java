package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.identity.MintToken;
import dev.nimbus.api.identity.MintedToken;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.identity.RotatedKey;
import dev.nimbus.api.identity.SignInLink;
import dev.nimbus.api.identity.TokenView;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.controlplane.identity.JobLeases;
import dev.nimbus.controlplane.identity.KeyRing;
import dev.nimbus.controlplane.identity.Sessions;
import dev.nimbus.controlplane.identity.SignIn;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Jwks;
import dev.nimbus.service.token.TokenStanding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens, keys and signing in. */
public final class IdentityRoutes {
  private static final long MAX_BODY = 16 * 1024;
  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
  private static final Parameter<String> CODE =
      Parameter.text("code", "What the link was given.", 200);

  private final IdentityStore store;
  private final KeyRing keys;
  private final Issuing issuing;
  private final SignIn signIn;
  private final JobLeases leases;
  private final InstantSource time;

  public IdentityRoutes(
      IdentityStore store,
      KeyRing keys,
      Issuing issuing,
      SignIn signIn,
      JobLeases leases,
      InstantSource time) {
    this.store = store;
    this.keys = keys;
    this.issuing = issuing;
    this.signIn = signIn;
    this.leases = leases;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    var open = new Access.Open();
    var anybody = Access.bearer(Audience.values());
    return List.of(
        mint(Route.post(Paths.TOKENS, admin, this::mint))
            .does("mintToken", "Make a token, which is shown this once"),
        mint(Route.post(Paths.AGENT_TOKEN, admin, this::mint))
            .does("mintAgentToken", "The same as making any token"),
        Route.get(Paths.TOKENS, admin, this::list)
            .does("listTokens", "List the tokens that were made")
            .asks(Orgs.ORG)
            .answers(200, Items.class, TokenView.class),
        Route.get(Paths.TOKEN_SELF, anybody, this::standing)
            .does("getStanding", "Say whether the token it is asked with still counts")
            .answers(200, TokenStanding.class),
        Route.post(Paths.TOKENS_REVOKE, admin, this::revoke)
            .does("revokeTokens", "End every token of a subject")
            .asks(Orgs.ORG)
            .takes(RevokeTokens.class)
            .upTo(MAX_BODY)
            .answers(204)
            .refuses(Kind.NOT_FOUND),
        Route.post(Paths.KEYS_ROTATE, admin, this::rotate)
            .does("rotateKey", "Sign with a new key; needs a token for every tenant")
            .answers(200, RotatedKey.class),
        Route.post(Paths.SIGN_IN_CODES, admin, this::offerLink)
            .does("offerSignIn", "Make a link that signs a browser in, once")
            .asks(Orgs.ORG)
            .creates(SignInLink.class),
        Route.get(Paths.SIGN_IN, open, this::signIn)
            .does("signIn", "Sign a browser in and send it to the dashboard")
            .asks(CODE)
            .answers(303),
        Route.post(Paths.SIGN_OUT, admin, this::signOut)
            .does("signOut", "End a browser's session")
            .answers(204),
        Route.get(Paths.JWKS, open, this::jwks)
            .does("getKeys", "The keys tokens are verified with, as RFC 7517 writes them")
            .answers(200, Jwks.class));
  }

  private static Route mint(Route route) {
    return route.asks(Orgs.ORG).takes(MintToken.class).upTo(MAX_BODY).creates(MintedToken.class);
  }

  private Response mint(Request request) {
    var body = request.json(MintToken.class);
    var audience = Audience.of(body.audience());
    var principal = request.principal();
    var scopes = body.scopes() == null ? Set.<String>of() : Set.copyOf(body.scopes());
    var everyOrg = scopes.contains("every-org");
    if (everyOrg) {
      Orgs.requireOperator(request, "mint a token for every tenant");
    }
    var org = org(request, body.org());
    var lifetime =
        body.ttlSeconds() == null ? DEFAULT_LIFETIME : Duration.ofSeconds(body.ttlSeconds());
    var wanted = new Issuing.Wanted(audience, body.subject(), org, everyOrg, scopes, lifetime);
    var issued = issuing.issue(wanted, request.once(), principal.subject());
    return Response.json(
        issued.fresh() ? 201 : 200,
        new MintedToken(
            issued.token(),
            audience.word(),
            body.subject(),
            org.value(),
            issued.version(),
            issued.expiresAt()));
  }

  private Response list(Request request) {
    var views = store.list(Orgs.of(request)).stream().map(Views::token).toList();
    return Response.json(200, new Items<TokenView>(views, null));
  }

  /** A token that was revoked does not get so far: it is refused like anywhere else. */
  private Response standing(Request request) {
    var refusal = leases.refusal(request.principal());
    return Response.json(200, new TokenStanding(refusal.isEmpty(), refusal.orElse(null)));
  }

  private Response revoke(Request request) {
    var body = request.json(RevokeTokens.class);
    var org = org(request, body.org());
    var audience = Audience.of(body.audience());
    var by = request.principal().subject();
    if (!store.revoke(org, audience.word(), body.subject(), by, time.instant())) {
      throw new NimbusException(
          Kind.NOT_FOUND,
          "Cannot revoke %s tokens of '%s': tenant '%s' never gave it one"
              .formatted(audience.word(), body.subject(), org));
    }
    return Response.empty(204);
  }

  private Response rotate(Request request) {
    Orgs.requireOperator(request, "rotate the signing key");
    return Response.json(200, new RotatedKey(keys.rotate()));
  }

  private Response offerLink(Request request) {
    var principal = request.principal();
    var org = Orgs.of(request);
    var link = signIn.offer(org, principal.subject(), principal.everyOrg(), request.once());
    return Response.json(
        link.fresh() ? 201 : 200,
        new SignInLink(Paths.SIGN_IN + "?code=" + link.code(), link.expiresAt()));
  }

  /** A browser is sent to a page either way, since it is a person who follows the link. */
  private Response signIn(Request request) {
    try {
      var session = signIn.redeem(request.value(CODE));
      return Response.empty(303)
          .with("Location", "/")
          .with("Set-Cookie", cookie(session, SignIn.SESSION))
          .with("Referrer-Policy", "no-referrer");
    } catch (NimbusException refused) {
      if (refused.kind() != Kind.DENIED) {
        throw refused;
      }
      return Response.empty(303).with("Location", "/?sign-in=refused");
    }
  }

  /** Ends a browser's session; a token that came otherwise is left alone. */
  private Response signOut(Request request) {
    var principal = request.principal();
    var subject = principal.subject();
    if (subject.startsWith(SignIn.BROWSER)) {
      var audience = principal.audience().word();
      store.revoke(principal.org(), audience, subject, subject, time.instant());
    }
    return Response.empty(204).with("Set-Cookie", cookie("", Duration.ZERO));
  }

  private Response jwks(Request request) {
    return Response.json(200, Jwks.of(keys.keys())).with("Cache-Control", "public, max-age=60");
  }

  private static OrgId org(Request request, @Nullable String named) {
    var own = Orgs.of(request);
    var meant = named == null ? own : new OrgId(named);
    if (!meant.equals(own)) {
      Orgs.requireOperator(request, "act for tenant '" + meant + "'");
    }
    return meant;
  }

  private static String cookie(String value, Duration lifetime) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d"
        .formatted(Sessions.COOKIE, value, lifetime.toSeconds());
  }
}
