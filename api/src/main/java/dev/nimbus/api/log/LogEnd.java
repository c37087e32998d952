package dev.nimbus.api.log;

/**
 * The end of a followed log.
 *
 * @param complete false when the host never sent the closing line
 */
public record LogEnd(boolean complete) {}
