package dev.nimbus.hostagent.run;

import dev.nimbus.core.job.Size;
import java.util.Collection;

/** How much a host can take at a moment. Pure. */
record Room(Size free, int slots) {
  static final Room NONE = new Room(Size.NONE, 0);

  /** What jobs of these sizes leave of a host. Slots without processor or memory are none. */
  static Room left(HostFacts host, Collection<Size> taken) {
    var free = host.capacity().minus(taken.stream().reduce(Size.NONE, Size::plus));
    var slots = host.slots() - taken.size();
    return slots > 0 && free.milliCpus() > 0 && free.memoryBytes() > 0
        ? new Room(free, slots)
        : NONE;
  }

  boolean fits(Size size) {
    return slots > 0 && size.fitsIn(free);
  }
}
