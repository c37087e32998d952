package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoomTest {
  @Test
  void whoFindsNoRoomIsTurnedAwayAndWhoLeavesMakesSome() throws InterruptedException {
    var room = new Room(8 << 10, Duration.ZERO);
    var first = room.take(7_000);

    assertThatThrownBy(() -> room.take(2_000))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED));
    room.take(100).close();
    first.close();

    room.take(7_000).close();
  }

  @Test
  void oneThatIsLargerThanAllTheRoomTakesAllOfIt() throws InterruptedException {
    var room = new Room(8 << 10, Duration.ZERO);

    try (var _ = room.take(1 << 20)) {
      assertThatThrownBy(() -> room.take(0)).isInstanceOf(NimbusException.class);
    }
    room.take(0).close();
  }
}
