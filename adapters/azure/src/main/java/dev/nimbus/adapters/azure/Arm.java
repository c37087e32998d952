package dev.nimbus.adapters.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.implementation.ComputeManagementClientBuilder;
import com.azure.resourcemanager.resources.fluent.ResourceManagementClient;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceInner;
import com.azure.resourcemanager.resources.implementation.ResourceManagementClientBuilder;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Azure Resource Manager by one account's credentials. Opening makes no call. Nothing of what is
 * sent is logged. Thread-safe.
 */
final class Arm {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(40);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final int REPEATS = 2;
  private static final int FINE = 300;

  private final Settings settings;
  private final Clients patient;
  private final Clients once;
  private final HttpPipeline open;

  Arm(Settings settings, HttpClient http) {
    this.settings = settings;
    var bounded = new BoundedClient(http);
    var tokens =
        new BearerTokenAuthenticationPolicy(
            credential(settings, bounded), settings.cloud().scope());
    this.patient = clients(bounded, tokens, true);
    this.once = clients(bounded, tokens, false);
    this.open = pipeline(bounded, settings.endpoint().prices(), List.of(), true);
  }

  /** The JDK's client, which follows no redirection. */
  static HttpClient internet() {
    return new JdkHttpClientBuilder()
        .connectionTimeout(CONNECT)
        .responseTimeout(SILENCE)
        .readTimeout(SILENCE)
        .build();
  }

  /** Asks, and again where that may help; for what may be asked twice. */
  <T> T ask(Function<Clients, T> call) {
    return ask(patient, call);
  }

  /**
   * Asks once. Whoever wants a machine knows other places that may have one, and repeats the same
   * request by itself.
   */
  <T> T askOnce(Function<Clients, T> call) {
    return ask(once, call);
  }

  /** Reads what the clients have no call for. */
  Json read(String path) {
    return ask(one -> read(one.pipeline(), settings.endpoint().manager() + path));
  }

  /** Something by its id; which its client puts behind a slash of its own. */
  GenericResourceInner resource(String id, String version) {
    return ask(one -> one.resources().getResources().getById(id.substring(1), version));
  }

  /** Reads what everybody may read, with no token. */
  Json readPublic(String path) {
    return ask(_ -> read(open, settings.endpoint().prices() + path));
  }

  /** Those of the official clients that are used. */
  record Clients(
      ComputeManagementClient compute, ResourceManagementClient resources, HttpPipeline pipeline) {}

  private static <T> T ask(Clients clients, Function<Clients, T> call) {
    try {
      return call.apply(clients);
    } catch (NimbusException e) {
      throw e;
    } catch (RuntimeException e) { // The client has no exception of its own for all that fails.
      throw Refusal.of(e);
    }
  }

  private static Json read(HttpPipeline pipeline, String address) {
    var request =
        new HttpRequest(HttpMethod.GET, address)
            .setHeader(HttpHeaderName.ACCEPT, "application/json");
    var answer = pipeline.send(request).blockOptional().orElseThrow();
    var body = Json.read(answer.getBodyAsString().blockOptional().orElse(""));
    if (answer.getStatusCode() >= FINE) {
      var error = body.at("error");
      throw Refusal.said(
          answer.getStatusCode(),
          answer.getHeaders(),
          error.text("code"),
          error.text("message"),
          null);
    }
    if (body.value() == null) {
      throw Refusal.later("", "an answer is not JSON");
    }
    return body;
  }

  private Clients clients(HttpClient http, HttpPipelinePolicy tokens, boolean repeats) {
    var endpoint = settings.endpoint().manager();
    var pipeline = pipeline(http, endpoint, List.of(tokens), repeats);
    return new Clients(
        new ComputeManagementClientBuilder()
            .endpoint(endpoint)
            .subscriptionId(settings.subscription())
            .pipeline(pipeline)
            .defaultPollInterval(BETWEEN_LOOKS)
            .buildClient(),
        new ResourceManagementClientBuilder()
            .endpoint(endpoint)
            .subscriptionId(settings.subscription())
            .pipeline(pipeline)
            .defaultPollInterval(BETWEEN_LOOKS)
            .buildClient(),
        pipeline);
  }

  private static HttpPipeline pipeline(
      HttpClient http, String endpoint, List<HttpPipelinePolicy> further, boolean repeats) {
    var policies = new ArrayList<HttpPipelinePolicy>();
    policies.add(new Pinned(endpoint));
    if (repeats) {
      policies.add(new RetryPolicy(new RetryOptions(pauses(REPEATS))));
      policies.add(Arm::withShortPauses);
    }
    policies.addAll(further);
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(policies.toArray(HttpPipelinePolicy[]::new))
        .build();
  }

  private static Mono<HttpResponse> withShortPauses(
      HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return next.process().doOnNext(answer -> BoundedClient.shortenPause(answer.getHeaders()));
  }

  private static ExponentialBackoffOptions pauses(int repeats) {
    return new ExponentialBackoffOptions()
        .setMaxRetries(repeats)
        .setBaseDelay(FIRST_PAUSE)
        .setMaxDelay(LONGEST_PAUSE);
  }

  private static TokenCredential credential(Settings settings, HttpClient http) {
    var retries = new RetryOptions(pauses(REPEATS));
    return switch (settings.access()) {
      case Access.Secret(var tenant, var client, var secret) -> {
        var builder =
            new ClientSecretCredentialBuilder()
                .authorityHost(settings.endpoint().authority())
                .tenantId(tenant)
                .clientId(client)
                .clientSecret(secret)
                .retryOptions(retries)
                .httpClient(http);
        yield settings.endpoint().played()
            ? builder.disableInstanceDiscovery().build()
            : builder.build();
      }
      case Access.OfThisMachine(var client) -> {
        var builder = new ManagedIdentityCredentialBuilder().retryOptions(retries).httpClient(http);
        yield Optional.of(client)
            .filter(id -> !id.isEmpty())
            .map(builder::clientId)
            .orElse(builder)
            .build();
      }
    };
  }
}
