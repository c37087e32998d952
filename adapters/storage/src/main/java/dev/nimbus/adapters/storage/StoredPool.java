package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.Schedule;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is set of a pool, as the one column it is kept in; how many machines it may have is apart.
 * Times are kept in their ISO form, which loses nothing.
 */
record StoredPool(
    Set<String> labels,
    List<Kind> offerings,
    int minIdle,
    List<Hours> schedules,
    @Nullable Long waitingMicrosPerHour,
    String idleGrace,
    String maxLife,
    Limits limits) {
  static String text(Pool pool) {
    return Json.text(
        new StoredPool(
            pool.labels().values(),
            pool.offerings().stream().map(Kind::of).toList(),
            pool.minIdle(),
            pool.schedules().stream().map(Hours::of).toList(),
            waiting(pool.warming()),
            pool.idleGrace().toString(),
            pool.maxLife().toString(),
            Limits.of(pool.deadlines(), pool.budget())));
  }

  static StoredPool read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), StoredPool.class);
  }

  /** Only a pool that predicts what it needs says what waiting costs. */
  Warming warming() {
    return waitingMicrosPerHour == null
        ? new Warming.Fixed()
        : new Warming.Predicted(waitingMicrosPerHour);
  }

  private static @Nullable Long waiting(Warming warming) {
    return switch (warming) {
      case Warming.Fixed() -> null;
      case Warming.Predicted(var micros) -> micros;
    };
  }

  boolean offers(String provider) {
    return offerings.stream().anyMatch(kind -> kind.provider.equals(provider));
  }

  /** An offering. */
  record Kind(
      String provider,
      String place,
      String type,
      String image,
      String os,
      String spot,
      int milliCpus,
      long memoryBytes,
      int diskGib,
      long microsPerHour) {
    static Kind of(Offering offering) {
      return new Kind(
          offering.provider().value(),
          offering.place(),
          offering.type(),
          offering.image(),
          offering.os().word(),
          offering.spot().word(),
          offering.size().milliCpus(),
          offering.size().memoryBytes(),
          offering.diskGib(),
          offering.microsPerHour());
    }

    Offering offering() {
      return new Offering(
          new ProviderName(provider),
          place,
          type,
          image,
          Os.parse(os),
          SpotPolicy.parse(spot),
          new Size(milliCpus, memoryBytes),
          diskGib,
          microsPerHour);
    }
  }

  /** A schedule. */
  record Hours(Set<DayOfWeek> days, String from, String until, String zone, int minIdle) {
    static Hours of(Schedule schedule) {
      return new Hours(
          schedule.days(),
          schedule.from().toString(),
          schedule.until().toString(),
          schedule.zone().getId(),
          schedule.minIdle());
    }

    Schedule schedule() {
      return new Schedule(
          days, LocalTime.parse(from), LocalTime.parse(until), ZoneId.of(zone), minIdle);
    }
  }

  /** How long the phases of a start may take, and what may be spent. */
  record Limits(String create, String boot, String register, long hard, long warning) {
    static Limits of(Deadlines deadlines, Budget budget) {
      return new Limits(
          deadlines.create().toString(),
          deadlines.boot().toString(),
          deadlines.register().toString(),
          budget.hard(),
          budget.warning());
    }

    Deadlines deadlines() {
      return new Deadlines(Duration.parse(create), Duration.parse(boot), Duration.parse(register));
    }

    Budget budget() {
      return new Budget(hard, warning);
    }
  }
}
