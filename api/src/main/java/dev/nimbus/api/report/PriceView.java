package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** What an hour of an offering costs on demand, and who says so. */
public record PriceView(
    String pool,
    String provider,
    String place,
    String type,
    @Meaning("What it is counted with, in US dollars; absent where nobody knows.")
        @Nullable Double dollarsPerHour,
    @Meaning(
            value =
                "Who says so: the pool, or the list that comes with Nimbus. A foreign price is of the"
                    + " list, in a currency that nothing is counted in.",
            words = {"pool", "list", "foreign", "unknown"})
        String from,
    @Meaning("As it is listed.") @Nullable Double listed,
    @Meaning("That it is listed in.") @Nullable String currency,
    @Meaning(
            value = "Whether value added tax is in it: gross.",
            words = {"net", "gross", "unknown"})
        @Nullable String tax,
    @Meaning("The day it was read.") @Nullable String date,
    @Meaning(
            value = "Whether it was fetched from the provider, or kept by people.",
            words = {"high", "low"})
        @Nullable String trust,
    @Meaning("Where it was read.") @Nullable String source) {}
