package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** One kind of machine a pool may be made of. */
public record OfferingBody(
    @Meaning("The account's name.") String provider,
    @Meaning("As the provider calls it: a zone, a location, a machine.") String place,
    @Meaning("As the provider calls it, such as c7i.xlarge.") String type,
    @Meaning("As the provider calls it; absent where it has none.") @Nullable String image,
    @Meaning(words = {"linux", "macos", "windows"}) @Nullable String os,
    @Meaning(words = {"never", "prefer", "only"}) @Nullable String spot,
    @Meaning("Processors such a machine gives to a job.") double cpus,
    @Meaning("Memory such a machine gives to a job.") long memoryBytes,
    @Meaning("The size of its disk; absent for what image or type has.") @Nullable Integer diskGib,
    @Meaning("What an hour costs, in US dollars; absent where it is not known.")
        @Nullable Double dollarsPerHour) {}
