package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** How much jobs that are alike used of what they asked for. */
public record RightsizeRow(
    String repository,
    @Meaning("Empty where they have none.") String workflow,
    @Meaning("Their name in the workflow; empty where they have none.") String job,
    @Meaning("What they asked for, with commas between.") String labels,
    @Meaning("How many of them were measured.") int jobs,
    @Meaning("Processors they asked for.") double cpus,
    @Meaning("Half of them kept at most so many busy, on average.") double cpusP50,
    double cpusP95,
    @Meaning("Memory they asked for.") long memoryBytes,
    @Meaning("Half of them held at most so much at once.") long memoryBytesP50,
    long memoryBytesP95,
    @Meaning("The most any of them held.") long memoryBytesMax,
    @Meaning(
            value = "What follows from it; smaller says what they should ask for.",
            words = {"not_enough_jobs", "fits", "smaller"})
        String advice,
    @Nullable Double suggestedCpus,
    @Nullable Long suggestedMemoryBytes,
    @Meaning(
            "What that had saved in the period, at the lowest prices of pools; absent where no price"
                + " is known.")
        @Nullable Double savedDollars) {}
