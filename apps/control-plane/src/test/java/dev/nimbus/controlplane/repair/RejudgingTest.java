package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RejudgingTest {
  private static final Connection FIRST = connection("first");
  private static final Connection SECOND = connection("second");

  private final List<Connection> judged = new ArrayList<>();

  @Test
  void everyConnectionIsJudgedOnceByNewRules() {
    var rejudging = rejudging(() -> List.of(FIRST, SECOND));

    rejudging.step("old");
    assertThat(judged).isEmpty();
    rejudging.step("new");
    rejudging.step("new");

    assertThat(judged).containsExactly(FIRST, SECOND);
  }

  @Test
  void connectionsThatCannotBeListedAreJudgedWhenTheyCan() {
    var answers = new ArrayList<Supplier<List<Connection>>>();
    answers.add(RejudgingTest::unavailable);
    answers.add(() -> List.of(FIRST));
    var rejudging = rejudging(() -> answers.removeFirst().get());
    assertThatThrownBy(() -> rejudging.step("new")).isInstanceOf(NimbusException.class);

    rejudging.step("new");

    assertThat(judged).containsExactly(FIRST);
  }

  private Rejudging rejudging(Supplier<List<Connection>> connections) {
    return new Rejudging(connections, judged::add, "old");
  }

  private static List<Connection> unavailable() {
    throw new NimbusException(Kind.UNAVAILABLE, "Cannot list connections: the database is away");
  }

  private static Connection connection(String name) {
    return new Connection(
        new OrgId("acme"),
        new ConnectionId(name),
        new ConnectionName(name),
        ForgeKind.GITHUB,
        URI.create("https://forge.example"),
        "acme",
        List.of(),
        Connection.options(Map.of()),
        new Sealed("", ""),
        Instant.EPOCH,
        1);
  }
}
