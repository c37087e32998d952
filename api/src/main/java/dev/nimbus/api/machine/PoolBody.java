package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pool as it should be, and as it is. */
public record PoolBody(
    @Meaning("What its machines offer, besides the pool's name and their system.")
        @Nullable List<String> labels,
    @Meaning("What they may be, most wanted first.") List<OfferingBody> offerings,
    @Meaning("How many may exist at once.") int max,
    @Meaning("How many wait for a job that has not come yet; 0 when absent.")
        @Nullable Integer minIdle,
    @Nullable List<ScheduleBody> schedules,
    @Meaning(
            "fixed: those and no more wait; predicted: also as many as usually come; fixed when absent.")
        @Nullable String warm,
    @Meaning(
            "What it is worth that a job does not wait for an hour, of a pool that predicts; 10 when absent.")
        @Nullable Double waitingDollarsPerHour,
    @Meaning("How long one waits for a job before it is ended; 300 when absent.")
        @Nullable Long idleGraceSeconds,
    @Meaning("After which a machine ends by itself; 21600 when absent.")
        @Nullable Long maxLifeSeconds,
    @Meaning("US dollars in a calendar month, beyond which none is made; no bound when absent.")
        @Nullable Double budgetDollars,
    @Meaning("US dollars in a calendar month, beyond which people are told; never when absent.")
        @Nullable Double budgetWarningDollars) {}
