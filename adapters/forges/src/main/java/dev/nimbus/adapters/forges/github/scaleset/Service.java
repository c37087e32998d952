package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Budget;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.Exchange;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.adapters.forges.http.HttpForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Credentials;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls to where scale sets live, with the token that changes them. Thread-safe. */
final class Service {
  static final String SETS = "/_apis/runtime/runnerscalesets";
  private static final String VERSION = "api-version=6.0-preview";

  /** GitHub holds a question for new messages for 50 s. */
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(100);

  private final Tenant tenant;
  private final HttpClient client;
  private final InstantSource time;
  private final Pause pause;
  private final AtomicReference<@Nullable Link> link = new AtomicReference<>();

  Service(Tenant tenant, HttpClient client, InstantSource time, Pause pause) {
    this.tenant = tenant;
    this.client = client;
    this.time = time;
    this.pause = pause;
  }

  Sent attempt(String method, String path, Optional<Object> body, Purpose purpose) {
    return admin().attempt(call(method, path, body, purpose));
  }

  Reply send(String method, String path, Optional<Object> body, Purpose purpose) {
    return admin().send(call(method, path, body, purpose));
  }

  /** Calls at the same place with a token of somebody else. */
  ForgeApi as(Credentials credentials) {
    return api(new Exchange(client, tenant.admin().url()), credentials);
  }

  /** Calls that are answered when there is something to say. */
  ForgeApi patient(URI base, Credentials credentials) {
    return api(new Exchange(client, base, LONG_PATIENCE), credentials);
  }

  static Call call(String method, String path, Optional<Object> body, Purpose purpose) {
    var versioned = path + (path.indexOf('?') < 0 ? "?" : "&") + VERSION;
    return new Call(method, versioned, Map.of(), body.map(Json::writeCamel), purpose);
  }

  static Map<String, String> headers(String token) {
    var headers = new TreeMap<String, String>();
    headers.put("Authorization", "Bearer " + token);
    headers.put("Accept", "application/json; " + VERSION);
    headers.put("User-Agent", "{\"system\":\"nimbus\",\"subsystem\":\"control-plane\"}");
    return headers;
  }

  /** The budget belongs to the place, which may change with the token. */
  private ForgeApi admin() {
    var url = tenant.admin().url();
    var was = link.get();
    if (was != null && was.url().equals(url)) {
      return was.api();
    }
    var made = new Link(url, api(new Exchange(client, url), new AsAdmin(tenant)));
    link.set(made);
    return made.api();
  }

  private ForgeApi api(Exchange exchange, Credentials credentials) {
    var budget = new Budget(Budget.Rules.POLITE, time.instant());
    return new HttpForgeApi(exchange, credentials, budget, time, pause);
  }

  private record Link(URI url, ForgeApi api) {}

  private record AsAdmin(Tenant tenant) implements Credentials {
    @Override
    public Map<String, String> headers(Call call) {
      return Service.headers(tenant.admin().token());
    }

    @Override
    public boolean renew() {
      tenant.forget();
      return true;
    }
  }
}
