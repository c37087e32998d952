package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.testkit.log.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StrangersTest {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final Strangers strangers = new Strangers(time);

  @Test
  void onlyWhoWasRefusedTooOftenIsTurnedAwayAndOnlyForAMinute() {
    refused("192.0.2.1", 59);
    strangers.check("192.0.2.1");
    refused("192.0.2.1", 1);

    assertTurnedAway("192.0.2.1");
    strangers.check("192.0.2.2");
    time.step(Duration.ofMinutes(1));
    strangers.check("192.0.2.1");
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() {
    for (var i = 0; i < 60; i++) {
      strangers.refused("2001:db8:1:2:0:0:0:%x".formatted(i));
    }

    assertTurnedAway("2001:db8:1:2:a:b:c:d");
    strangers.check("2001:db8:1:3:0:0:0:1");
  }

  @Test
  void moreAddressesThanAreRememberedCountTogether() {
    for (var i = 0; i < 10_000 + 60; i++) {
      strangers.refused("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255));
    }

    assertTurnedAway("192.0.2.1");
    strangers.check("10.0.0.1");
  }

  private void refused(String address, int times) {
    for (var i = 0; i < times; i++) {
      strangers.refused(address);
    }
  }

  private void assertTurnedAway(String address) {
    assertThatThrownBy(() -> strangers.check(address))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED))
        .hasMessageContaining(address);
  }
}
