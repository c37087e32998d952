package dev.nimbus.core.pool;

import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import java.util.List;

/**
 * One kind of machine a pool may be made of, at one place.
 *
 * @param place as the provider calls it: a zone, a region, a location, a namespace, a machine
 * @param type as the provider calls it
 * @param image as the provider calls it; empty where it has none
 * @param size what such a machine gives to a job
 * @param diskGib the size of its disk in GiB; 0 for what image or type has
 * @param microsPerHour what an hour costs at the list price, in millionths of a US dollar, where
 *     the pool says so; -1 to have it looked up
 */
public record Offering(
    ProviderName provider,
    String place,
    String type,
    String image,
    Os os,
    SpotPolicy spot,
    Size size,
    int diskGib,
    long microsPerHour) {
  private static final int MAX_TEXT = 400;
  private static final int MAX_DISK_GIB = 64 * 1024;

  public Offering {
    checkText("place", place);
    checkText("type", type);
    checkText("image", image);
    if (type.isEmpty()) {
      throw new IllegalArgumentException("An offering of '" + provider + "' needs a type");
    }
    if (size.milliCpus() == 0 || size.memoryBytes() == 0) {
      throw new IllegalArgumentException(
          "An offering of type '%s' needs cpus and memory: what it gives to a job".formatted(type));
    }
    if (diskGib < 0 || diskGib > MAX_DISK_GIB || microsPerHour < -1) {
      throw new IllegalArgumentException(
          "An offering of type '%s' has a disk of %d GiB (0 to %d) and costs %d (-1 or more)"
              .formatted(type, diskGib, MAX_DISK_GIB, microsPerHour));
    }
  }

  /** Where to ask for it, most wanted first. */
  public List<Cell> cells() {
    return spot.markets().stream().map(this::on).toList();
  }

  private Cell on(Market market) {
    return new Cell(provider, place, type, image, market);
  }

  private static void checkText(String what, String text) {
    var clean = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!clean || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "Not a %s of an offering: '%s' (visible ASCII, at most %d)"
              .formatted(what, text, MAX_TEXT));
    }
  }
}
