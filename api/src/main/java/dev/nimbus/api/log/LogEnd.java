package dev.nimbus.api.log;

import dev.nimbus.json.Meaning;

/** The end of a followed log. */
public record LogEnd(
    @Meaning("False when the host never sent the closing line.") boolean complete) {}
