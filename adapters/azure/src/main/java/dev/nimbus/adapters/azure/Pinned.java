package dev.nimbus.adapters.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.net.URI;
import reactor.core.publisher.Mono;

/**
 * Sends nothing anywhere else. Pages and operations are followed to where an answer says, with the
 * token; only one place is believed to say so.
 */
final class Pinned implements HttpPipelinePolicy {
  private static final int HTTPS = 443;

  private final URI place;

  Pinned(String address) {
    this.place = URI.create(address);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    var url = call.getHttpRequest().getUrl();
    var there =
        place.getScheme().equals(url.getProtocol())
            && place.getHost().equalsIgnoreCase(url.getHost())
            && port(place.getPort()) == port(url.getPort());
    return there
        ? next.process()
        : Mono.error(
            new IOException(
                "%s sends us to %s, where nothing is sent"
                    .formatted(place.getHost(), url.getHost())));
  }

  /** Some answers name the one port that needs no name. */
  private static int port(int named) {
    return named < 0 ? HTTPS : named;
  }
}
