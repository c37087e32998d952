package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Mischief;
import dev.nimbus.testkit.forge.github.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** GitHub on a bad day. */
final class MischiefTest extends GitHubCase {
  @Test
  void everyJobGetsExactlyOneRunnerWhateverFails() {
    for (var seed = 0; seed < 5; seed++) {
      use(Setup.USUAL.with(Limits.Rules.ENFORCED).with(Mischief.ofCalls(seed, 20)));
      var forge = open();
      for (var job = 0; job < 30; job++) {
        fake().queue(Wanted.job(shop(), "nimbus"));
      }
      var taken = new ArrayList<Object>();
      var waiting = waiting(forge);
      for (var number = 0; number < waiting.size(); number++) {
        var launch = registered(forge, number, waiting.get(number)).launch();
        taken.add(fake().run(launch).orElseThrow());
      }

      assertThat(waiting).hasSize(30);
      assertThat(new HashSet<>(taken)).hasSize(30);
      assertThat(fake().runners()).hasSize(30);
      assertThat(fake().limits().violations()).isEmpty();
    }
  }

  @Test
  void webhooksArriveOverHttpAndWhatFailsIsSentAgain() throws IOException {
    var arrived = new CopyOnWriteArrayList<Delivery>();
    var failures = new AtomicInteger(1);
    var receiver = receiver(arrived, failures);
    try {
      fake().sendTo(address(receiver));
      var forge = open();
      var first = fake().queue(Wanted.job(shop(), "nimbus"));
      var second = fake().queue(Wanted.job(shop(), "nimbus"));
      assertThat(keys(forge, arrived)).containsExactly(second);

      assertThat(forge.redeliver(Connections.NOON, 10)).isEqualTo(1);
      assertThat(keys(forge, arrived)).containsExactly(second, first);
    } finally {
      receiver.stop(0);
    }
  }

  private List<ForgeJob> waiting(GitHubForge forge) {
    while (true) {
      try {
        return forge.waiting(Optional.empty());
      } catch (NimbusException e) {
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        time.step(Duration.ofSeconds(5));
      }
    }
  }

  /** Asks again until the runner is there, as whoever starts it does. */
  private Registered.Ready registered(GitHubForge forge, int number, ForgeJob job) {
    while (true) {
      try {
        switch (forge.register(spec(number, job))) {
          case Registered.Ready ready -> {
            return ready;
          }
          case Registered.Later(var notBefore, _) -> time.stepTo(notBefore);
          case Registered.Refused(var why) -> throw new AssertionError(why);
        }
      } catch (NimbusException e) {
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      }
    }
  }

  private static List<Object> keys(GitHubForge forge, List<Delivery> arrived) {
    return arrived.stream()
        .map(delivery -> (Object) ((Event.JobQueued) forge.parse(delivery).event()).job().key())
        .toList();
  }

  /** Takes webhooks, after refusing some. */
  private static HttpServer receiver(List<Delivery> arrived, AtomicInteger failures)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.getFirst()));
            var body = exchange.getRequestBody().readAllBytes();
            var fails = failures.getAndDecrement() > 0;
            if (!fails) {
              arrived.add(new Delivery(headers, body, Connections.NOON));
            }
            exchange.sendResponseHeaders(fails ? 503 : 202, -1);
          }
        });
    server.start();
    return server;
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/github");
  }
}
