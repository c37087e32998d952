package dev.nimbus.e2e.crash;

import dev.nimbus.e2e.system.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Kills one service, or two at once, and starts them again at once; over and over. */
final class Strikes {
  private static final int EARLIEST = 100;
  private static final int LATEST = 1_500;

  private final List<Service> services;
  private final Random random;
  private final List<String> told = new ArrayList<>();

  Strikes(List<Service> services, Random random) {
    this.services = services;
    this.random = random;
  }

  /**
   * One strike at a random moment. Most come when what was struck last is back, some in the middle
   * of its start.
   */
  void strike() {
    if (random.nextInt(4) > 0) {
      services.forEach(Service::awaitReady);
    }
    var pause = random.nextInt(EARLIEST, LATEST);
    Await.pause(Duration.ofMillis(pause));
    var struck = chosen();
    struck.forEach(Service::kill);
    struck.forEach(Service::startAgain);
    told.add(pause + " ms " + struck);
  }

  private List<Service> chosen() {
    var shuffled = new ArrayList<>(services);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, random.nextInt(3) == 0 ? 2 : 1));
  }

  @Override
  public String toString() {
    return String.join(", ", told);
  }
}
