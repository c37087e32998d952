package dev.nimbus.core.provider;

import java.time.Instant;
import java.util.Currency;

/**
 * What a machine of a type costs at a place on demand. Not in US dollars unless it says so: what
 * else is counted in them needs a rate of exchange, which is not the provider's to say.
 *
 * @param netMicrosPerHour in millionths of the currency, without value added tax
 * @param grossMicrosPerHour the same with it
 * @param at when that was read
 */
public record ListPrice(
    String place,
    String type,
    Currency currency,
    long netMicrosPerHour,
    long grossMicrosPerHour,
    Instant at) {}
