package dev.nimbus.hostagent.notice;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Azure lists what it will do to a machine; {@code Preempt} takes a spot machine back, not before
 * half a minute. Source: "Azure Metadata Service: Scheduled Events for Linux VMs".
 */
final class AzureNotices implements NoticeSource {
  private static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";
  private static final Map<String, String> MINE = Map.of("Metadata", "true");
  private static final Duration AT_LEAST = Duration.ofSeconds(30);

  private final MetadataService service;

  AzureNotices(MetadataService service) {
    this.service = service;
  }

  @Override
  public Optional<Notice> look(Instant now) {
    return service
        .get(EVENTS, MINE)
        .map(text -> Json.readCamel(text.getBytes(StandardCharsets.UTF_8), Document.class))
        .map(document -> document.events() == null ? List.<Event>of() : document.events())
        .flatMap(events -> events.stream().filter(AzureNotices::takesBack).findFirst())
        .map(event -> new Notice("Azure takes it back", left(event, now)));
  }

  private static boolean takesBack(Event event) {
    return "Preempt".equals(event.eventType()) || "Terminate".equals(event.eventType());
  }

  /** Written as in {@code Mon, 19 Sep 2016 18:29:47 GMT}; empty once it has begun. */
  private static Duration left(Event event, Instant now) {
    try {
      return event.notBefore() == null || event.notBefore().isEmpty()
          ? AT_LEAST
          : Duration.between(
              now,
              ZonedDateTime.parse(event.notBefore(), DateTimeFormatter.RFC_1123_DATE_TIME)
                  .toInstant());
    } catch (DateTimeException e) {
      return AT_LEAST;
    }
  }

  record Document(@Nullable List<Event> events) {}

  record Event(@Nullable String eventType, @Nullable String notBefore) {}
}
