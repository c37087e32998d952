package dev.nimbus.hostagent.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Compute Engine says {@code TRUE} once it has begun to take a spot machine back, which then has
 * half a minute. Source: "Spot VMs", preemption process, of Google's documentation.
 */
final class GcpNotices implements NoticeSource {
  private static final Duration LEFT = Duration.ofSeconds(30);
  private static final Map<String, String> MINE = Map.of("Metadata-Flavor", "Google");

  private final MetadataService service;

  GcpNotices(MetadataService service) {
    this.service = service;
  }

  @Override
  public Optional<Notice> look(Instant now) {
    return service
        .get("/computeMetadata/v1/instance/preempted", MINE)
        .filter(text -> text.strip().equals("TRUE"))
        .map(_ -> new Notice("Compute Engine takes it back", LEFT));
  }
}
