package dev.nimbus.adapters.gcp;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.services.compute.Compute;
import com.google.api.services.compute.model.TestPermissionsResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compute Engine by one account's credentials. Opening makes no call. Nothing of what is sent is
 * logged, and no answer is read further than it may be long. Thread-safe.
 */
final class Gce implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(40);
  private static final int LONGEST_ANSWER = 32 * 1024 * 1024;
  private static final int TRIES = 3;
  private static final int FIRST_PAUSE = 250;
  private static final String GOOGLE = "googleapis.com";
  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

  private final HttpTransport transport = new NetHttpTransport();
  private final Settings settings;
  private final Tokens tokens;
  private final Compute patient;
  private final Compute once;

  Gce(Settings settings) {
    this.settings = settings;
    this.tokens = new Tokens(settings.access(), transport);
    this.patient = client(TRIES);
    this.once = client(1);
  }

  /** Asks, and again where that may help; for what may be asked twice. */
  <T> T ask(Action action, Call<T> call) {
    return ask(patient, action, call);
  }

  /**
   * Asks once. Whoever wants a machine knows other places that may have one, and repeats the same
   * request by itself.
   */
  <T> T askOnce(Action action, Call<T> call) {
    return ask(once, action, call);
  }

  /** Those of some permissions that there are in a project. */
  Set<String> permitted(String project, Collection<String> permissions) {
    try {
      var url =
          "%sv1/projects/%s:testIamPermissions"
              .formatted(settings.endpoint().resourceManager(), project);
      var request =
          transport
              .createRequestFactory(sent -> prepare(sent, Tokens.LOOK, TRIES))
              .buildPostRequest(
                  new GenericUrl(url),
                  new JsonHttpContent(JSON, Map.of("permissions", permissions)));
      var answer = read(request.execute(), TestPermissionsResponse.class);
      return Set.copyOf(answer.getPermissions() == null ? List.of() : answer.getPermissions());
    } catch (IOException e) {
      throw Refusal.of(Action.TEST_PERMISSIONS, e);
    }
  }

  @Override
  public void close() {
    try {
      transport.shutdown();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot close a connection that needs no closing", e);
    }
  }

  /** What is asked of a client. */
  @FunctionalInterface
  interface Call<T> {
    AbstractGoogleJsonClientRequest<T> of(Compute client) throws IOException;
  }

  private static <T> T ask(Compute client, Action action, Call<T> call) {
    try {
      var request = call.of(client);
      return read(request.executeUnparsed(), request.getResponseClass());
    } catch (IOException e) {
      throw Refusal.of(action, e);
    }
  }

  private Compute client(int tries) {
    return new Compute.Builder(transport, JSON, sent -> prepare(sent, Tokens.COMPUTE, tries))
        .setRootUrl(settings.endpoint().compute())
        .setUniverseDomain(GOOGLE)
        .setApplicationName("nimbus")
        .build();
  }

  /** A token that is refused is made anew and tried once, which counts as no further try. */
  private void prepare(HttpRequest request, String scope, int tries) throws IOException {
    var credentials = tokens.of(scope);
    credentials.initialize(request);
    request
        .setConnectTimeout((int) CONNECT.toMillis())
        .setReadTimeout((int) SILENCE.toMillis())
        .setFollowRedirects(false)
        .setLoggingEnabled(false)
        .setCurlLoggingEnabled(false)
        .setNumberOfRetries(Math.max(1, tries - 1));
    if (tries > 1) {
      var later = new HttpBackOffUnsuccessfulResponseHandler(pauses());
      request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(pauses()));
      request.setUnsuccessfulResponseHandler(
          (sent, answer, mayRepeat) ->
              credentials.handleResponse(sent, answer, mayRepeat)
                  || later.handleResponse(sent, answer, mayRepeat));
    }
  }

  private static ExponentialBackOff pauses() {
    return new ExponentialBackOff.Builder().setInitialIntervalMillis(FIRST_PAUSE).build();
  }

  private static <T> T read(HttpResponse answer, Class<T> type) throws IOException {
    try {
      var content = answer.getContent();
      var bytes = content == null ? new byte[0] : content.readNBytes(LONGEST_ANSWER + 1);
      if (bytes.length > LONGEST_ANSWER) {
        throw new IOException("an answer is longer than %d bytes".formatted(LONGEST_ANSWER));
      }
      return new JsonObjectParser(JSON)
          .parseAndClose(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8, type);
    } catch (IllegalArgumentException e) {
      throw new IOException("an answer is not a %s".formatted(type.getSimpleName()), e);
    } finally {
      answer.disconnect();
    }
  }
}
