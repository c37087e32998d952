package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A machine as it is known. */
public record MachineView(
    @Meaning("Its name everywhere: here, at its provider, and as a host.") String id,
    String org,
    String pool,
    String provider,
    String place,
    String type,
    String image,
    @Meaning(words = {"on-demand", "spot"}) String market,
    @Meaning(words = {"asked", "booting", "ready", "ending", "gone"}) String stage,
    @Meaning("Whether its host holds a lease.") boolean busy,
    @Meaning("Whether it was made for jobs that had not come yet.") boolean warm,
    @Meaning("Why it was made.") String purpose,
    @Meaning("As its provider calls it; empty while its answer was not heard.") String providerId,
    @Meaning("What it last said of itself; empty before it did.") String report,
    @Meaning("The reason of a failure and the end of its log.") String reportDetail,
    @Meaning("Why it ends or ended, in a word.") @Nullable String endCause,
    @Meaning("Why it ends or ended.") @Nullable String endReason,
    Instant askedAt,
    @Nullable Instant launchedAt,
    @Nullable Instant redeemedAt,
    @Nullable Instant readyAt,
    @Nullable Instant endingAt,
    @Nullable Instant goneAt,
    long revision) {}
