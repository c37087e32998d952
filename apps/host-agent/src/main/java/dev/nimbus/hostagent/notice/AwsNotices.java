package dev.nimbus.hostagent.notice;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two minutes before EC2 takes a spot machine back, {@code spot/instance-action} says what and
 * when; before that there is nothing there. Source: "Spot Instance interruption notices" and "Use
 * the Instance Metadata Service" (IMDSv2) of the EC2 user guide.
 */
final class AwsNotices implements NoticeSource {
  private static final Map<String, String> TOKEN_LASTS =
      Map.of("X-aws-ec2-metadata-token-ttl-seconds", "300");

  private final MetadataService service;

  AwsNotices(MetadataService service) {
    this.service = service;
  }

  @Override
  public Optional<Notice> look(Instant now) {
    return service
        .put("/latest/api/token", TOKEN_LASTS)
        .map(token -> Map.of("X-aws-ec2-metadata-token", token.strip()))
        .flatMap(token -> service.get("/latest/meta-data/spot/instance-action", token))
        .map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8), Action.class))
        .filter(action -> action.time() != null)
        .map(action -> notice(action, now));
  }

  private static Notice notice(Action action, Instant now) {
    var at = Instant.parse(action.time());
    var why = "EC2 takes it back (%s at %s)".formatted(action.action(), at);
    return new Notice(why, Duration.between(now, at));
  }

  record Action(@Nullable String action, @Nullable String time) {}
}
