package dev.nimbus.api.problem;

/**
 * An error as {@code application/problem+json} (RFC 9457).
 *
 * @param type a URI naming the sort of problem, or {@code about:blank}
 * @param kind one of invalid, denied, not_found, conflict, exhausted, unavailable, internal
 * @param code a finer word a program may switch on, such as {@code stale-fence}; may be empty
 */
public record Problem(
    String type, String title, int status, String detail, String kind, String code) {}
