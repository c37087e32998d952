package dev.nimbus.hostagent.notice;

import java.time.Duration;

/**
 * That a provider takes this machine back.
 *
 * @param left until it does, as far as it says
 */
public record Notice(String why, Duration left) {}
