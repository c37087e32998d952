package dev.nimbus.adapters.azure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class PinnedTest {
  @Test
  void theUsualPortMayBeNamed() {
    assertThatThrownBy(() -> send("https://management.azure.com:443/subscriptions"))
        .hasMessage("it was sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://management.azure.com/subscriptions",
        "https://management.azure.com:8443/subscriptions",
        "https://management.azure.com.example/subscriptions",
        "https://management.azure.com@example.org/subscriptions"
      })
  void nothingIsSentAnywhereElse(String address) {
    assertThatThrownBy(() -> send(address)).hasMessageContaining("where nothing is sent");
  }

  private static void send(String address) {
    new HttpPipelineBuilder()
        .policies(new Pinned("https://management.azure.com"))
        .httpClient(_ -> Mono.error(new IllegalStateException("it was sent")))
        .build()
        .send(new HttpRequest(HttpMethod.GET, address))
        .blockOptional();
  }
}
