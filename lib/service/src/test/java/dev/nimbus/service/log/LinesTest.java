package dev.nimbus.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LinesTest {
  record Line(
      String ts, String level, String logger, String msg, String job, int fence, String error) {}

  @Test
  void anEventIsOneJsonObjectOnOneLine() {
    var line = new String(new JsonLines().encode(event("Two\nlines")), StandardCharsets.UTF_8);

    assertThat(line).endsWith("\n").hasLineCount(1);
    var fields = Json.read(line.getBytes(StandardCharsets.UTF_8), Line.class);
    assertThat(fields.ts()).isNotEmpty();
    assertThat(fields.level()).isEqualTo("WARN");
    assertThat(fields.logger()).isEqualTo("here");
    assertThat(fields.msg()).isEqualTo("Two\nlines");
    assertThat(fields.job()).isEqualTo("j-1");
    assertThat(fields.fence()).isEqualTo(3);
    assertThat(fields.error()).contains("IllegalStateException: why");
  }

  @Test
  void anEventForPeopleShowsItsPairs() {
    var line = new String(new TextLines().encode(event("Lease lost")), StandardCharsets.UTF_8);

    assertThat(line.lines().findFirst().orElseThrow()).contains("WARN  Lease lost job=j-1 fence=3");
  }

  private static LoggingEvent event(String message) {
    var logger = new LoggerContext().getLogger("here");
    var event =
        new LoggingEvent(
            "x", logger, Level.WARN, message, new IllegalStateException("why"), new Object[0]);
    event.setKeyValuePairs(List.of(new KeyValuePair("job", "j-1"), new KeyValuePair("fence", 3)));
    return event;
  }
}
