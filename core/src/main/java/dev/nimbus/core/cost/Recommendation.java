package dev.nimbus.core.cost;

import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Market;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would have been cheaper, by what was recorded and nothing else: no price that was not paid,
 * no machine that was not there.
 *
 * @param saved in millionths of a US dollar
 */
public record Recommendation(About about, PoolName pool, String sentence, long saved) {
  /** Less than a cent is not worth a word. */
  private static final long LEAST = 10_000;

  /** What it is about. */
  public enum About {
    SPOT,
    WARM,
    OFFERING
  }

  /** What saves most first. */
  public static List<Recommendation> of(List<MachineSpend> spent, List<Pool> pools) {
    var all = new ArrayList<Recommendation>();
    for (var pool : pools) {
      var own = spent.stream().filter(one -> one.pool().equals(pool.name())).toList();
      warm(pool, own).ifPresent(all::add);
      for (var one : own) {
        spot(one, own).ifPresent(all::add);
        other(one, pool, own).ifPresent(all::add);
      }
    }
    return all.stream()
        .filter(one -> one.saved >= LEAST)
        .sorted(Comparator.comparingLong(Recommendation::saved).reversed())
        .toList();
  }

  private static Optional<Recommendation> warm(Pool pool, List<MachineSpend> own) {
    var waited = own.stream().mapToLong(MachineSpend::waited).sum();
    var micros = own.stream().mapToLong(MachineSpend::waitedMicros).sum();
    var sentence =
        "%d machines were kept waiting and no job came for them: keep fewer waiting (min-idle is %d)."
            .formatted(waited, pool.minIdle());
    return waited == 0
        ? Optional.empty()
        : Optional.of(new Recommendation(About.WARM, pool.name(), sentence, micros));
  }

  private static Optional<Recommendation> spot(MachineSpend one, List<MachineSpend> own) {
    if (one.kind().market() == Market.SPOT) {
      return Optional.empty();
    }
    return own.stream()
        .filter(other -> other.kind().equals(one.kind().on(Market.SPOT)) && other.millis() > 0)
        .findFirst()
        .map(
            other -> {
              var share = 100 * other.millis() / (other.millis() + one.millis());
              var sentence =
                  "%s was spot for %d %% of its time: the rest had been cheaper so too."
                      .formatted(one.kind(), share);
              return cheaper(About.SPOT, one, other, sentence);
            });
  }

  private static Optional<Recommendation> other(
      MachineSpend one, Pool pool, List<MachineSpend> own) {
    var offerings = offerings(pool);
    var offering = offerings.get(place(one.kind()));
    if (offering == null) {
      return Optional.empty();
    }
    return own.stream()
        .filter(other -> other.kind().market() == one.kind().market() && other.millis() > 0)
        .filter(other -> standsIn(offerings.get(place(other.kind())), offering))
        .min(Comparator.comparingDouble(MachineSpend::microsPerHour))
        .map(
            other -> {
              var sentence =
                  "%s gives no less than %s: put it first.".formatted(other.kind(), one.kind());
              return cheaper(About.OFFERING, one, other, sentence);
            });
  }

  private static Recommendation cheaper(
      About about, MachineSpend one, MachineSpend other, String sentence) {
    var saved = one.micros() - one.at(other.microsPerHour());
    return new Recommendation(about, one.pool(), sentence, saved);
  }

  private static boolean standsIn(@Nullable Offering other, Offering offering) {
    return other != null
        && !other.equals(offering)
        && other.os() == offering.os()
        && other.size().milliCpus() >= offering.size().milliCpus()
        && other.size().memoryBytes() >= offering.size().memoryBytes();
  }

  private static Map<String, Offering> offerings(Pool pool) {
    var byKind = new HashMap<String, Offering>();
    for (var offering : pool.offerings()) {
      var kind = offering.provider() + "/" + offering.place() + "/" + offering.type();
      byKind.putIfAbsent(kind, offering);
    }
    return byKind;
  }

  private static String place(MachineSpend.Kind kind) {
    return kind.toString();
  }
}
