package dev.nimbus.bench;

import dev.nimbus.bench.capacity.Capacity;
import dev.nimbus.bench.capacity.Scale;
import java.util.List;

/** Runs the measurements named, or all of them. */
public final class Bench {
  private static final List<String> ALL =
      List.of(
          "submissions",
          "pickup",
          "announcements",
          "webhooks",
          "hooked",
          "grants",
          "depth",
          "run",
          "up",
          "policy",
          "planner",
          "capacity");

  private static final String SCALE = "--scale";

  private Bench() {}

  public static void main(String[] args) throws Exception {
    for (var name : args.length == 0 ? ALL : List.of(args)) {
      switch (name) {
        case "submissions" -> Submissions.run(10, 20);
        case "pickup" -> Pickup.run(200, 20_000, 30);
        case "announcements" -> Announcements.run(20_000);
        case "webhooks" -> Webhooks.run(10, 20);
        case "hooked" -> HookedPickup.run(200, 10_000, 30);
        case "grants" -> Grants.drain(100_000);
        case "depth" -> Grants.depth(1_000, 1_000_000);
        case "run" -> Commands.run(40);
        case "policy" -> Decisions.run(200_000);
        case "planner" -> Plans.run();
        case "capacity" -> capacity(List.of(args).contains(SCALE));
        case SCALE -> {} // What is measured of capacity.
        case "up" -> Commands.up(9, 30);
        default -> {
          System.err.println("Not a measurement: '" + name + "' (" + String.join(", ", ALL) + ")");
          System.exit(2);
        }
      }
    }
  }

  private static void capacity(boolean scale) {
    if (scale) {
      Plans.scale();
      Scale.run();
    } else {
      Capacity.run();
    }
  }
}
