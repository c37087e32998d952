package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Budget;
import dev.nimbus.adapters.forges.http.Exchange;
import dev.nimbus.adapters.forges.http.HttpForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Credentials;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.adapters.forges.http.RememberingApi;
import dev.nimbus.adapters.forges.http.Rotation;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;

/** Makes what each credential of a connection calls with. */
final class Members {
  private static final int REMEMBERED_BYTES = 8 << 20;

  private final Settings settings;
  private final Exchange exchange;
  private final InstantSource time;
  private final Pause pause;

  Members(Settings settings, HttpClient client, InstantSource time, Pause pause) {
    this.settings = settings;
    this.exchange = new Exchange(client, settings.api());
    this.time = time;
    this.pause = pause;
  }

  List<Member> all() {
    return settings.credentials().stream().map(this::member).toList();
  }

  private Member member(Credential credential) {
    return switch (credential) {
      case Credential.App app -> member(app);
      case Credential.Token token -> member(token);
    };
  }

  private Member member(Credential.App app) {
    var asApp = api(call -> Headers.bearer(AppJwt.sign(app, time.instant())));
    var tokens = new InstallationTokens(app, settings, asApp, time);
    var log = new HookLog(asApp, settings.api(), "/app/hook");
    return new Member.OfApp(app, remembering(api(tokens)), asApp, tokens, log);
  }

  private Member member(Credential.Token token) {
    var api = remembering(api(call -> Headers.bearer(token.value())));
    return new Member.OfToken(api, new HookLog(api, settings.api(), hookPath()));
  }

  /** Where a token finds the webhook it was told of; empty when it was told of none. */
  private String hookPath() {
    if (settings.hookId().isEmpty()) {
      return "";
    }
    return switch (settings.level()) {
      case ORGANIZATION -> "/orgs/" + settings.owner() + "/hooks/" + settings.hookId();
      case REPOSITORY ->
          settings.repositories().size() == 1
              ? "/repos/" + settings.repositories().getFirst() + "/hooks/" + settings.hookId()
              : "";
    };
  }

  private HttpForgeApi api(Credentials credentials) {
    var budget = new Budget(rules(), time.instant());
    return new HttpForgeApi(exchange, credentials, budget, time, pause);
  }

  private static Rotation.Member remembering(HttpForgeApi api) {
    return new RememberingApi(api, REMEMBERED_BYTES);
  }

  /** As GitHub publishes them; three deletes a minute are kept for retiring. */
  private Budget.Rules rules() {
    return new Budget.Rules(900, 15, settings.betweenChanges(), 0.2);
  }
}
