package dev.nimbus.api.job;

/**
 * The one current reason for where a job stands.
 *
 * @param code a word a program may switch on, such as {@code hosts_busy}
 * @param reason one sentence
 */
public record JobWhy(String job, String state, String code, String reason) {}
