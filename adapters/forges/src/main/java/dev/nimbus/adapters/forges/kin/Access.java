package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Budget;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Exchange;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;

/** Calls with a token. Neither forge publishes limits, but what stands before one may have some. */
public final class Access {
  private static final Map<String, String> NOBODY =
      Map.of("Accept", "application/json", "User-Agent", "nimbus");

  private Access() {}

  /**
   * The interface below {@link Settings#base}: {@code /v1} with the token, {@code /actions}, which
   * runners call, without.
   */
  public static ForgeApi open(
      Settings settings, HttpClient client, InstantSource time, HttpForgeApi.Pause pause) {
    var exchange = new Exchange(client, settings.base());
    var budget = new Budget(Budget.Rules.POLITE, time.instant());
    return new HttpForgeApi(exchange, call -> headers(settings, call), budget, time, pause);
  }

  private static Map<String, String> headers(Settings settings, Call call) {
    if (!call.path().startsWith("/v1/")) {
      return NOBODY;
    }
    return Map.of(
        "Accept",
        "application/json",
        "User-Agent",
        "nimbus",
        "Authorization",
        "token " + settings.token());
  }
}
