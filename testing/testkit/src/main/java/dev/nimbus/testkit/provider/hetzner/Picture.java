package dev.nimbus.testkit.provider.hetzner;

import java.util.List;

/**
 * An image. Those of the project's own have no name.
 *
 * @param withdrawn whether that is announced
 */
record Picture(long id, String name, String architecture, boolean withdrawn) {
  static final List<Picture> ALL =
      List.of(
          new Picture(161_547_269, "ubuntu-24.04", "x86", false),
          new Picture(161_547_270, "ubuntu-24.04", "arm", false),
          new Picture(114_690_387, "debian-12", "x86", true),
          new Picture(300_000_001, "", "x86", false));

  boolean own() {
    return name.isEmpty();
  }
}
