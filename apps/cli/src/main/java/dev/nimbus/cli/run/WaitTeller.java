package dev.nimbus.cli.run;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.json.JsonText;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says why a job waits, once the wait is longer than a moment, and again when the reason changes.
 */
final class WaitTeller {
  private static final Set<String> WAITING = Set.of("waiting", "leased");

  private final TextClient client;
  private final String job;
  private final Consumer<String> notes;
  private volatile boolean over;

  WaitTeller(TextClient client, String job, Consumer<String> notes) {
    this.client = client;
    this.job = job;
    this.notes = notes;
  }

  /** Starts telling after a moment, beside the caller. */
  void start(Duration moment, Duration period) {
    Thread.ofPlatform().daemon().name("why").start(() -> watch(moment, period));
  }

  /** The wait is over; nothing is said any more. */
  void over() {
    over = true;
  }

  private void watch(Duration moment, Duration period) {
    try {
      SystemTime.sleep(moment);
      var said = "";
      while (!over) {
        var reason = reason();
        if (reason.isEmpty() || over) {
          return;
        }
        if (!reason.equals(said)) {
          notes.accept(reason);
          said = reason;
        }
        SystemTime.sleep(period);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (NimbusException _) {
      over = true; // the follower says what is wrong with the connection
    }
  }

  /** One sentence, or nothing when the job does not wait any more. */
  private String reason() {
    var why = JsonText.read(client.get(Paths.with(Paths.JOB_WHY, job)));
    if (!(why instanceof Map<?, ?> map) || !WAITING.contains(String.valueOf(map.get("state")))) {
      return "";
    }
    return map.get("state") + ": " + map.get("reason");
  }
}
