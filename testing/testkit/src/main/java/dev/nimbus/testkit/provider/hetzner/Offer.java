package dev.nimbus.testkit.provider.hetzner;

import java.util.List;

/**
 * A type of server, as it is offered.
 *
 * @param locations where it is supported
 * @param net what it costs an hour, without tax
 * @param withdrawn whether that is announced
 * @param soldOut whether none can be ordered now
 */
record Offer(
    long id,
    String name,
    String architecture,
    int cores,
    int memory,
    int disk,
    List<String> locations,
    String net,
    boolean withdrawn,
    boolean soldOut) {
  static final List<Offer> ALL =
      List.of(
          new Offer(109, "cpx22", "x86", 2, 4, 80, List.of("fsn1", "nbg1"), "0.0320", false, false),
          new Offer(110, "cpx62", "x86", 16, 32, 640, List.of("fsn1"), "0.2091", false, true),
          new Offer(45, "cax11", "arm", 2, 4, 40, List.of("fsn1", "nbg1"), "0.0104", false, false),
          new Offer(1, "cx11", "x86", 1, 2, 20, List.of("fsn1", "nbg1"), "0.0060", true, false));
}
