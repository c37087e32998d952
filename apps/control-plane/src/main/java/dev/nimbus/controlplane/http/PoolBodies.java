package dev.nimbus.controlplane.http;

import dev.nimbus.api.machine.OfferingBody;
import dev.nimbus.api.machine.PoolBody;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.api.machine.ScheduleBody;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.AskedLabels;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.Schedule;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Owner;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pools as the API writes them. */
final class PoolBodies {
  private static final long MICROS = 1_000_000;
  private static final long MOST_DOLLARS = 1_000_000_000;
  private static final Duration IDLE_GRACE = Duration.ofMinutes(5);
  private static final Duration MAX_LIFE = Duration.ofHours(6);
  private static final int NOT_KNOWN = -1;
  private static final String FIXED = "fixed";
  private static final String PREDICTED = "predicted";

  private PoolBodies() {}

  /** Reads a pool; what cannot be one is an illegal argument or {@code INVALID}. */
  static Pool read(OrgId org, PoolName name, PoolBody body, Instant now) {
    return new Pool(
        org,
        name,
        Labels.of(or(body.labels(), List.of())),
        body.offerings().stream().map(PoolBodies::offering).toList(),
        body.max(),
        or(body.minIdle(), 0),
        or(body.schedules(), List.<ScheduleBody>of()).stream().map(PoolBodies::schedule).toList(),
        warming(name, body),
        seconds(body.idleGraceSeconds(), IDLE_GRACE),
        seconds(body.maxLifeSeconds(), MAX_LIFE),
        Deadlines.USUAL,
        new Budget(micros(body.budgetDollars(), 0), micros(body.budgetWarningDollars(), 0)),
        now,
        0);
  }

  static PoolView view(Pool pool, Spending spent) {
    var body =
        new PoolBody(
            List.copyOf(pool.labels().values()),
            pool.offerings().stream().map(PoolBodies::body).toList(),
            pool.max(),
            pool.minIdle(),
            pool.schedules().stream().map(PoolBodies::body).toList(),
            pool.warming() instanceof Warming.Predicted ? PREDICTED : FIXED,
            waitingDollars(pool.warming()),
            pool.idleGrace().toSeconds(),
            pool.maxLife().toSeconds(),
            dollars(pool.budget().hard()),
            dollars(pool.budget().warning()));
    return new PoolView(
        pool.name().value(),
        pool.org().value(),
        body,
        cents(spent, pool),
        pool.changedAt(),
        pool.revision());
  }

  private static double cents(Spending spent, Pool pool) {
    var micros = spent.byPool().getOrDefault(new Owner(pool.org(), pool.name()), 0L);
    return Dollars.of(micros);
  }

  private static Warming warming(PoolName name, PoolBody body) {
    var warm = or(body.warm(), FIXED);
    if (warm.equals(PREDICTED)) {
      return new Warming.Predicted(micros(body.waitingDollarsPerHour(), Warming.Predicted.USUAL));
    }
    if (!warm.equals(FIXED) || body.waitingDollarsPerHour() != null) {
      throw new NimbusException(
          Kind.INVALID,
          "Pool '%s' is warm '%s' (fixed or predicted), and only predicted with a cost of waiting"
              .formatted(name, warm));
    }
    return new Warming.Fixed();
  }

  private static @Nullable Double waitingDollars(Warming warming) {
    return switch (warming) {
      case Warming.Fixed() -> null;
      case Warming.Predicted(var micros) -> dollars(micros);
    };
  }

  private static Offering offering(OfferingBody body) {
    return new Offering(
        new ProviderName(body.provider()),
        body.place(),
        body.type(),
        or(body.image(), ""),
        Os.parse(or(body.os(), Os.LINUX.word())),
        SpotPolicy.parse(or(body.spot(), SpotPolicy.NEVER.word())),
        new Size(AskedLabels.milliCpus(body.cpus()), body.memoryBytes()),
        or(body.diskGib(), 0),
        micros(body.dollarsPerHour(), NOT_KNOWN));
  }

  private static OfferingBody body(Offering offering) {
    return new OfferingBody(
        offering.provider().value(),
        offering.place(),
        offering.type(),
        offering.image().isEmpty() ? null : offering.image(),
        offering.os().word(),
        offering.spot().word(),
        offering.size().milliCpus() / 1000.0,
        offering.size().memoryBytes(),
        offering.diskGib() == 0 ? null : offering.diskGib(),
        offering.microsPerHour() < 0 ? null : offering.microsPerHour() / (double) MICROS);
  }

  private static Schedule schedule(ScheduleBody body) {
    try {
      var days = new TreeSet<DayOfWeek>();
      body.days().forEach(day -> days.add(day(day)));
      return new Schedule(
          days,
          LocalTime.parse(body.from()),
          LocalTime.parse(body.until()),
          ZoneId.of(body.zone()),
          body.minIdle());
    } catch (DateTimeException e) {
      throw new NimbusException(
          Kind.INVALID,
          "Not a schedule: from '%s' until '%s' in '%s' (such as 08:00, 19:00, Europe/Berlin)"
              .formatted(body.from(), body.until(), body.zone()),
          e);
    }
  }

  private static ScheduleBody body(Schedule schedule) {
    return new ScheduleBody(
        schedule.days().stream().map(PoolBodies::word).toList(),
        schedule.from().toString(),
        schedule.until().toString(),
        schedule.zone().getId(),
        schedule.minIdle());
  }

  private static DayOfWeek day(String word) {
    for (var day : DayOfWeek.values()) {
      if (word(day).equals(word)) {
        return day;
      }
    }
    throw new NimbusException(
        Kind.INVALID, "Not a day: '" + word + "' (mon, tue, wed, thu, fri, sat or sun)");
  }

  private static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static Duration seconds(@Nullable Long seconds, Duration otherwise) {
    return seconds == null ? otherwise : Duration.ofSeconds(seconds);
  }

  private static long micros(@Nullable Double dollars, long otherwise) {
    if (dollars == null) {
      return otherwise;
    }
    if (!(dollars >= 0) || dollars > MOST_DOLLARS) {
      throw new NimbusException(
          Kind.INVALID, "Not an amount of dollars: " + dollars + " (0 to " + MOST_DOLLARS + ")");
    }
    return Math.round(dollars * MICROS);
  }

  private static @Nullable Double dollars(long micros) {
    return micros == 0 ? null : micros / (double) MICROS;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
