package dev.nimbus.hostagent.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.provider.metadata.FakeMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clouds say to a machine they take back, as their metadata services say it. */
final class NoticeSourceTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private FakeMetadata metadata;

  @BeforeEach
  void start() throws IOException {
    metadata = FakeMetadata.start();
  }

  @AfterEach
  void stop() {
    metadata.close();
  }

  @ParameterizedTest
  @CsvSource({"aws, PT2M, PT2M", "gcp, PT2M, PT30S", "azure, PT45S, PT45S"})
  void aMachineHearsThatItIsTakenBackAndHowLongItHas(String cloud, Duration in, Duration left) {
    var source = NoticeSource.of(cloud, metadata.url());
    assertThat(source.look(NOON)).isEmpty();

    metadata.takeBack(NOON, in);

    var notice = source.look(NOON).orElseThrow();
    assertThat(notice.left()).isEqualTo(left);
    assertThat(notice.why()).contains("takes it back");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "gcp", "azure", ""})
  void whereNothingAnswersThereIsNoNotice(String cloud) {
    metadata.close();

    assertThat(NoticeSource.of(cloud, metadata.url()).look(NOON)).isEmpty();
  }

  @Test
  void aProviderThatGivesNoNoticeIsNamed() {
    assertThatThrownBy(() -> NoticeSource.of("hetzner", URI.create("http://127.0.0.1:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'hetzner'");
  }

  @Test
  void itIsToldOnce() {
    metadata.takeBack(NOON, Duration.ofMinutes(2));
    var told = new CompletableFuture<Notice>();
    var source = NoticeSource.of("aws", metadata.url());

    try (var _ = NoticeWatch.start(source, told::complete, () -> NOON, new Metrics())) {
      assertThat(told.join().left()).isEqualTo(Duration.ofMinutes(2));
    }
  }
}
