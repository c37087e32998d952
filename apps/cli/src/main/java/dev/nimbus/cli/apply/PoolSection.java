package dev.nimbus.cli.apply;

import dev.nimbus.api.machine.OfferingBody;
import dev.nimbus.api.machine.PoolBody;
import dev.nimbus.api.machine.ScheduleBody;
import dev.nimbus.core.job.ByteSize;
import dev.nimbus.service.config.Key;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pools in a file: sizes and times as people write them, everything left out as it is usually. */
final class PoolSection {
  private static final Set<String> POOL =
      Set.of(
          "name",
          "labels",
          "offerings",
          "max",
          "min-idle",
          "schedules",
          "warm",
          "waiting-cost",
          "idle-grace",
          "max-life",
          "budget",
          "budget-warning");
  private static final Set<String> OFFERING =
      Set.of("provider", "place", "type", "image", "os", "spot", "cpus", "memory", "disk", "price");
  private static final Set<String> SCHEDULE = Set.of("days", "from", "until", "zone", "min-idle");
  private static final String IDLE_GRACE = "5m";
  private static final String MAX_LIFE = "6h";
  private static final Double WAITING_COST = 10.0;

  private final Document document;

  PoolSection(Document document) {
    this.document = document;
  }

  DeclaredPool pool(String name, Map<String, Object> pool) {
    var where = "pool '" + name + "'";
    document.checkKeys(pool, POOL, where);
    var offerings =
        entries(pool, "offerings", where).stream().map(one -> offering(one, where)).toList();
    var warm = or(absent(document.plain(pool.get("warm"), where + ": warm")), "fixed");
    var body =
        new PoolBody(
            texts(pool, "labels", where).stream().sorted().toList(),
            offerings,
            or(document.parsed(pool, "max", where, Integer::valueOf), 0),
            or(document.parsed(pool, "min-idle", where, Integer::valueOf), 0),
            entries(pool, "schedules", where).stream().map(one -> schedule(one, where)).toList(),
            warm,
            waiting(pool, warm, where),
            seconds(pool, "idle-grace", IDLE_GRACE, where),
            seconds(pool, "max-life", MAX_LIFE, where),
            document.parsed(pool, "budget", where, Double::valueOf),
            document.parsed(pool, "budget-warning", where, Double::valueOf));
    if (!pool.containsKey("max")) {
      document.mistake(where + ": 'max' is missing");
    }
    return new DeclaredPool(name, body);
  }

  /** As the control plane answers it, so that nothing seems to differ. */
  private @Nullable Double waiting(Map<String, Object> pool, String warm, String where) {
    var given = document.parsed(pool, "waiting-cost", where, Double::valueOf);
    return given == null && warm.equals("predicted") ? WAITING_COST : given;
  }

  private OfferingBody offering(Map<String, Object> offering, String pool) {
    var where = pool + ": an offering";
    document.checkKeys(offering, OFFERING, where);
    return new OfferingBody(
        document.text(offering, "provider", where),
        document.plain(offering.get("place"), where + ": place"),
        document.text(offering, "type", where),
        absent(document.plain(offering.get("image"), where + ": image")),
        or(absent(document.plain(offering.get("os"), where + ": os")), "linux"),
        or(absent(document.plain(offering.get("spot"), where + ": spot")), "never"),
        or(document.parsed(offering, "cpus", where, Double::valueOf), 0.0),
        or(document.parsed(offering, "memory", where, ByteSize::parse), 0L),
        gib(document.parsed(offering, "disk", where, ByteSize::parse)),
        document.parsed(offering, "price", where, Double::valueOf));
  }

  private ScheduleBody schedule(Map<String, Object> schedule, String pool) {
    var where = pool + ": a schedule";
    document.checkKeys(schedule, SCHEDULE, where);
    return new ScheduleBody(
        texts(schedule, "days", where),
        document.text(schedule, "from", where),
        document.text(schedule, "until", where),
        document.text(schedule, "zone", where),
        or(document.parsed(schedule, "min-idle", where, Integer::valueOf), 0));
  }

  private List<Map<String, Object>> entries(Map<String, Object> map, String key, String where) {
    return document.list(map.get(key), where + ": " + key).stream()
        .map(item -> document.mapping(item, where + ": an entry of " + key))
        .toList();
  }

  private List<String> texts(Map<String, Object> map, String key, String where) {
    return document.list(map.get(key), where + ": " + key).stream()
        .map(item -> document.plain(item, where + ": " + key))
        .toList();
  }

  private long seconds(Map<String, Object> map, String key, String usual, String where) {
    var parser = Key.duration("", "", "").parser();
    var given = document.parsed(map, key, where, parser);
    return or(given, parser.apply(usual)).toSeconds();
  }

  private static @Nullable Integer gib(@Nullable Long bytes) {
    return bytes == null ? null : Math.toIntExact(bytes >> 30);
  }

  private static @Nullable String absent(String text) {
    return text.isEmpty() ? null : text;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
