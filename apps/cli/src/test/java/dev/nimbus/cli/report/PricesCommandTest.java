package dev.nimbus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PricesCommandTest {
  private static final String PRICE =
      """
      {"pool":"p","provider":"cloud","place":"z","type":"%s","from":"%s"%s}""";

  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aPriceSaysWhoSaysSoAndOneNobodyKnowsIsUnknown() {
    var listed =
        ",\"listed\":0.0228,\"currency\":\"EUR\",\"date\":\"2026-08-17\",\"trust\":\"low\"";
    plane.on(
        "GET /api/observability/prices",
        "{\"items\":[%s,%s,%s],\"next\":null}"
            .formatted(
                PRICE.formatted("a", "pool", ",\"dollars_per_hour\":0.5"),
                PRICE.formatted("b", "foreign", listed + ",\"source\":\"there\""),
                PRICE.formatted("c", "unknown", "")));

    assertThat(Typed.at(plane, "report", "prices").out())
        .isEqualTo(
            """
            POOL  OFFERING   PER HOUR              FROM            DATE        TRUST
            p     cloud/z/a  $0.5000               pool
            p     cloud/z/b  unknown (EUR 0.0228)  foreign: there  2026-08-17  low
            p     cloud/z/c  unknown               unknown
            """);
  }
}
