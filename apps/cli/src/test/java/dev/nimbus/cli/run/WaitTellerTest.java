package dev.nimbus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.FakeControlPlane;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WaitTellerTest {
  private static final String WHY = "GET /api/jobs/j-1/why";

  private static String why(String state, String reason) {
    return "{\"job\":\"j-1\",\"state\":\"%s\",\"code\":\"c\",\"reason\":\"%s\"}"
        .formatted(state, reason);
  }

  @Test
  void eachReasonIsToldOnceAndNothingAfterTheWait() throws InterruptedException {
    try (var plane = new FakeControlPlane()) {
      plane
          .on(WHY, why("waiting", "No host is free."))
          .on(WHY, why("waiting", "No host is free."))
          .on(WHY, why("leased", "Host 'a' starts it."))
          .on(WHY, why("running", "It runs."));
      var told = new LinkedBlockingQueue<String>();
      var client = new TextClient(URI.create(plane.url()), () -> "t");

      new WaitTeller(client, "j-1", told::add).start(Duration.ZERO, Duration.ofMillis(1));

      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("waiting: No host is free.");
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("leased: Host 'a' starts it.");
      assertThat(told).isEmpty();
    }
  }
}
