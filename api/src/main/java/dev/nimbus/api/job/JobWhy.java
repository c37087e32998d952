package dev.nimbus.api.job;

import dev.nimbus.json.Meaning;

/** The one current reason for where a job stands. */
public record JobWhy(
    String job,
    String state,
    @Meaning("A word a program may switch on, such as hosts_busy.") String code,
    @Meaning("One sentence.") String reason) {}
