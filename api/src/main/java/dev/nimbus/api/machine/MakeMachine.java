package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** A machine to be made beyond what is planned. */
public record MakeMachine(
    String pool,
    @Meaning("Where, as the pool's offerings name places; the most wanted when absent.")
        @Nullable String place,
    @Meaning("Of which type of the pool's offerings; the most wanted when absent.")
        @Nullable String type) {}
