package dev.nimbus.testkit.provider.hetzner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server of the project, as it is played. */
final class Machine {
  final long id;
  final Instant created;
  final Offer offer;
  final String location;
  final Wanted wanted;
  final List<Act> acts = new ArrayList<>();
  String name;
  Map<String, String> labels;
  String status = "initializing";
  Picture image;
  String userData;
  int builds = 1;

  Machine(long id, Instant created, Offer offer, Picture image, Wanted wanted) {
    this.id = id;
    this.created = created;
    this.offer = offer;
    this.image = image;
    this.wanted = wanted;
    this.location = wanted.place();
    this.name = wanted.name();
    this.labels = new TreeMap<>(wanted.tags());
    this.userData = wanted.data();
  }

  /** Whether something is being done to it. */
  boolean busy() {
    return acts.stream().anyMatch(act -> act.status.equals("running"));
  }

  /** What is being done to it comes to its end. */
  void settle() {
    acts.forEach(Act::end);
    if (acts.stream().anyMatch(act -> act.status.equals("error"))) {
      status = "off";
    }
    if (!status.equals("off")) {
      status = "running";
    }
  }

  /** Something that is done to it, which takes a while. */
  static final class Act {
    final long id;
    final String command;
    final long server;
    final Instant started;
    String status = "running";
    String failure = "";

    Act(long id, String command, long server, Instant started) {
      this.id = id;
      this.command = command;
      this.server = server;
      this.started = started;
    }

    void end() {
      if (status.equals("running")) {
        status = failure.isEmpty() ? "success" : "error";
      }
    }
  }
}
