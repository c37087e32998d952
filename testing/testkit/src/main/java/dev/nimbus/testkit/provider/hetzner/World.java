package dev.nimbus.testkit.provider.hetzner;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is in the project. Guarded by whoever has it. */
final class World {
  static final String SSH_KEY = "operators";
  static final long NETWORK = 4711;
  static final long FIREWALL = 38;

  final TreeMap<Long, Machine> machines = new TreeMap<>();
  final List<Machine.Act> acts = new ArrayList<>();
  final Set<Long> unlisted = new HashSet<>();
  final Set<Long> unnamed = new HashSet<>();

  private final InstantSource time;
  private long next = 42;
  private String failing = "";
  private boolean atOnce;

  World(InstantSource time) {
    this.time = time;
  }

  Instant now() {
    return time.instant();
  }

  Machine machine(long id) {
    return Optional.ofNullable(machines.get(id)).orElseThrow(() -> Said.notFound("server"));
  }

  boolean taken(String name) {
    return machines.values().stream().anyMatch(machine -> machine.name.equals(name));
  }

  Machine make(Wanted wanted) {
    var offer = offer(wanted.serverType().toString());
    var image = image(wanted.image().toString(), offer.architecture());
    var machine = new Machine(next++, now(), offer, image, wanted);
    machines.put(machine.id, machine);
    return machine;
  }

  Machine.Act act(Machine machine, String command) {
    var act = new Machine.Act(next++, command, machine.id, now());
    act.failure = failing;
    if (atOnce) {
      act.end();
    }
    failing = "";
    atOnce = false;
    acts.add(act);
    machine.acts.add(act);
    return act;
  }

  /** What is begun next fails, at once or when it is over. */
  void failNext(String code, boolean early) {
    failing = code;
    atOnce = early;
  }

  /** All that was begun is over, and all that was made is seen. */
  void settle() {
    machines.values().forEach(Machine::settle);
    acts.forEach(Machine.Act::end);
    unlisted.clear();
    unnamed.clear();
  }

  static Offer offer(String nameOrNumber) {
    return Offer.ALL.stream()
        .filter(one -> is(nameOrNumber, one.name(), one.id()))
        .findFirst()
        .orElseThrow(() -> Said.invalid("server_type", "server type not found"));
  }

  static Picture image(String nameOrNumber, String architecture) {
    return Picture.ALL.stream()
        .filter(one -> is(nameOrNumber, one.name(), one.id()))
        .filter(one -> one.architecture().equals(architecture))
        .findFirst()
        .orElseThrow(() -> Said.invalid("image", "image not found or incompatible"));
  }

  static boolean is(String nameOrNumber, String name, long number) {
    return nameOrNumber.equals(name) || nameOrNumber.equals(Long.toString(number));
  }
}
