package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;

/** Something that would have been cheaper. */
public record RecommendationRow(
    @Meaning(words = {"spot", "warm", "offering"}) String about,
    String pool,
    @Meaning("What to do, and why.") String sentence,
    @Meaning("What it had saved in the period.") double savedDollars) {}
