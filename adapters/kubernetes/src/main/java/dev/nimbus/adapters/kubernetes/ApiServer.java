package dev.nimbus.adapters.kubernetes;

import dev.nimbus.adapters.kubernetes.Access.Proof;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The API server of one cluster. Every call is made once. Opening makes none. Thread-safe. */
final class ApiServer implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,4}");
  private static final String JSON = "application/json";

  private final KubernetesClient client;
  private final String address;

  ApiServer(Access access) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(config(access))
            .withHttpClientFactory(new Direct(access))
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("WIRE", new Wire()))
            .build();
    this.address = access.server().replaceFirst("/+$", "");
  }

  /** For what takes longer than one call. */
  KubernetesClient client() {
    return client;
  }

  /** Reads what is at a path. */
  <T> T get(Permission permission, String path, Class<T> type) {
    return read(permission, asked(permission, request(path)), type);
  }

  /** Reads what is at a path, but nothing of it other than its names and labels. */
  <T> T outline(Permission permission, String path, Class<T> type) {
    var only = "%s;as=%s;g=meta.k8s.io;v=v1,%s".formatted(JSON, type.getSimpleName(), JSON);
    return read(permission, asked(permission, request(path).header("Accept", only)), type);
  }

  /** Makes something; the answer is what was made of it. */
  <T> T create(Permission permission, String path, T what, Class<T> type) {
    return read(permission, asked(permission, request(path).post(JSON, written(what))), type);
  }

  /** Deletes what is at a path, if it is what the options say. */
  void delete(Permission permission, String path, Object options) {
    asked(permission, request(path).delete(JSON, written(options)));
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(address + path)
        .timeout(ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  private String asked(Permission permission, HttpRequest.Builder request) {
    try {
      var answer = client.getHttpClient().sendAsync(request.build(), String.class).get();
      if (!answer.isSuccessful()) {
        throw refusal(permission, answer);
      }
      return Objects.requireNonNullElse(answer.body(), "");
    } catch (UncheckedIOException e) {
      throw Refusal.unheard(permission, e);
    } catch (ExecutionException e) {
      throw Refusal.unheard(permission, Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unheard(permission, e);
    }
  }

  private Refusal refusal(Permission permission, HttpResponse<String> answer) {
    var status = status(Objects.requireNonNullElse(answer.body(), ""));
    return Refusal.of(
        permission,
        answer.code(),
        Objects.requireNonNullElse(status.getReason(), ""),
        Objects.requireNonNullElse(status.getMessage(), ""),
        again(status, Objects.requireNonNullElse(answer.header("Retry-After"), "")));
  }

  /** What the server says of itself; what stands before it may say anything. */
  private Status status(String body) {
    try {
      var status = client.getKubernetesSerialization().unmarshal(body, Status.class);
      if (status != null && status.getMessage() != null) {
        return status;
      }
    } catch (RuntimeException _) {
      // Not JSON: then its text is the message.
    }
    var said = new Status();
    said.setMessage(body.strip());
    return said;
  }

  private static Duration again(Status status, String header) {
    var details = status.getDetails();
    if (details != null && details.getRetryAfterSeconds() != null) {
      return Duration.ofSeconds(Math.max(0, details.getRetryAfterSeconds()));
    }
    return SECONDS.matcher(header).matches()
        ? Duration.ofSeconds(Long.parseLong(header))
        : Duration.ZERO;
  }

  private <T> T read(Permission permission, String body, Class<T> type) {
    try {
      var read = client.getKubernetesSerialization().unmarshal(body, type);
      if (read != null) {
        return read;
      }
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw Refusal.unheard(permission, e);
    }
    throw Refusal.changed("the answer to '%s' is empty".formatted(permission));
  }

  private String written(Object what) {
    return client.getKubernetesSerialization().asJson(what);
  }

  /** Nothing is taken from the control plane's own environment, files or proxies. */
  private static Config config(Access access) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(access.server())
        .withOauthTokenProvider(token(access.proof()))
        .withConnectionTimeout(Math.toIntExact(CONNECT.toMillis()))
        .withRequestTimeout(Math.toIntExact(ANSWER.toMillis()))
        .withRequestRetryBackoffLimit(0)
        .withOnlyHttpWatches(true)
        .withUserAgent("nimbus")
        .build();
  }

  private static OAuthTokenProvider token(Proof proof) {
    return switch (proof) {
      case Proof.Token(var value) -> () -> value;
      case Proof.TokenFile(var file) ->
          () -> {
            try {
              return Files.readString(file).strip();
            } catch (IOException e) {
              throw new UncheckedIOException("Cannot read the token of our own pod", e);
            }
          };
    };
  }

  /** Goes nowhere else with a token, and trusts nobody besides who is named. */
  private static final class Direct extends JdkHttpClientFactory {
    private final Access access;

    Direct(Access access) {
      this.access = access;
    }

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
      builder.followRedirects(HttpClient.Redirect.NEVER);
      if (!access.authorities().isEmpty()) {
        builder.sslContext(Trust.in(access.authorities()));
      }
    }
  }
}
