package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.provider.MachineSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Hetzner offers, looked up now and then. Thread-safe. */
final class Catalog {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final String PAGE = "50";
  private static final int MOST_PAGES = 20;
  private static final int MOST_IMAGES = 256;

  private final Api api;
  private final InstantSource time;
  private final Map<String, Known> images = new HashMap<>();
  private Map<String, Wire.ServerType> types = Map.of();
  private Instant typesAt = Instant.MIN;

  Catalog(Api api, InstantSource time) {
    this.api = api;
    this.time = time;
  }

  private record Known(Wire.Image image, Instant at) {}

  /** The type of a name; empty where there is none. */
  synchronized Optional<Wire.ServerType> type(String name) {
    if (stale(typesAt)) {
      types = types();
      typesAt = time.instant();
    }
    return Optional.ofNullable(types.get(name));
  }

  /**
   * The image of a name or number for an architecture; empty where there is none. Names stand for
   * one image of each architecture.
   */
  synchronized Optional<Wire.Image> image(String nameOrNumber, String architecture) {
    var key = nameOrNumber + " " + architecture;
    var known = images.get(key);
    if (known != null && !stale(known.at())) {
      return Optional.of(known.image());
    }
    var found =
        (numbered(nameOrNumber) ? byNumber(nameOrNumber) : byName(nameOrNumber, architecture))
            .filter(image -> image.architecture().equals(architecture));
    if (images.size() >= MOST_IMAGES) {
      images.clear();
    }
    found.ifPresent(image -> images.put(key, new Known(image, time.instant())));
    return found;
  }

  /** The image a machine starts from; refused where its type or image is none, or too small. */
  Wire.Image imageFor(MachineSpec spec) {
    var cell = spec.cell();
    var type =
        type(cell.type())
            .orElseThrow(
                () -> Refusal.impossible("Hetzner has no server type '%s'".formatted(cell.type())));
    if (spec.diskGib() > type.disk()) {
      throw Refusal.impossible(
          "the type has a disk of %.0f GiB, and the pool asks for %d"
              .formatted(type.disk(), spec.diskGib()));
    }
    return image(cell.image(), type.architecture())
        .orElseThrow(
            () ->
                Refusal.impossible(
                    "Hetzner has no image '%s' for '%s', the architecture of the type"
                        .formatted(cell.image(), type.architecture())));
  }

  /** Looks everything up anew when it is asked for next. */
  synchronized void forget() {
    images.clear();
    typesAt = Instant.MIN;
  }

  static boolean numbered(String nameOrNumber) {
    return nameOrNumber.matches("[1-9][0-9]{0,15}");
  }

  private boolean stale(Instant at) {
    return at.equals(Instant.MIN) || Duration.between(at, time.instant()).compareTo(FRESH) > 0;
  }

  private Map<String, Wire.ServerType> types() {
    var found = new TreeMap<String, Wire.ServerType>();
    var page = 1;
    for (var read = 0; read < MOST_PAGES; read++) {
      var query = Map.of("page", Integer.toString(page), "per_page", PAGE);
      var part = api.list(Operation.LIST_SERVER_TYPES, query, Wire.ServerTypes.class);
      part.serverTypes().forEach(type -> found.put(type.name(), type));
      var pagination = part.meta() == null ? null : part.meta().pagination();
      if (pagination == null || pagination.nextPage() == null) {
        break;
      }
      page = pagination.nextPage();
    }
    return found;
  }

  private Optional<Wire.Image> byNumber(String number) {
    try {
      var id = Long.parseLong(number);
      return Optional.of(api.one(Operation.READ_IMAGE, id, Wire.OneImage.class).image());
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Wire.Image> byName(String name, String architecture) {
    var query = Map.of("name", name, "architecture", architecture, "include_deprecated", "true");
    return api.list(Operation.LIST_IMAGES, query, Wire.Images.class).images().stream()
        .filter(image -> name.equals(image.name()))
        .findFirst();
  }
}
