package dev.nimbus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CostCommandTest {
  private static final String REPORT =
      """
      {"from":"2026-11-01","to":"2026-12-01","by":"repository",
       "rows":[{"name":"acme/shop","job_dollars":1.25,"idle_dollars":0.0,"warm_dollars":0.0,
                "failed_dollars":0.0,"total_dollars":1.25,"machines":3,"hours":1.5,
                "unpriced_hours":0.0},
               {"name":"-","job_dollars":0.0,"idle_dollars":0.5,"warm_dollars":0.25,
                "failed_dollars":0.1,"total_dollars":0.85,"machines":1,"hours":0.5,
                "unpriced_hours":%s}],
       "total":{"name":"total","job_dollars":1.25,"idle_dollars":0.5,"warm_dollars":0.25,
                "failed_dollars":0.1,"total_dollars":2.1,"machines":4,"hours":2.0,
                "unpriced_hours":%s}}
      """;

  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void costsAreATableWhoseLastLineIsTheSum() {
    plane.on("GET /api/observability/cost", REPORT.formatted("0.0", "0.0"));

    var typed = Typed.at(plane, "report", "cost", "--by", "repository", "--from", "2026-11-01");

    assertThat(typed.out())
        .isEqualTo(
            """
            REPOSITORY  JOB    IDLE   WARM   FAILED  TOTAL  MACHINES  HOURS
            acme/shop   $1.25  $0.00  $0.00  $0.00   $1.25  3         1.50
            -           $0.00  $0.50  $0.25  $0.10   $0.85  1         0.50
            total       $1.25  $0.50  $0.25  $0.10   $2.10  4         2.00
            """);
    assertThat(plane.asked("GET /api/observability/cost").getFirst().parameters())
        .containsExactlyInAnyOrder("by=repository", "from=2026-11-01");
  }

  @Test
  void whatWouldHaveBeenCheaperIsToldWhenAskedFor() {
    plane.on(
        "GET /api/observability/recommendations",
        """
        {"from":"2026-11-01","to":"2026-12-01",
         "rows":[{"about":"warm","pool":"linux","sentence":"keep fewer","saved_dollars":3.5}]}
        """);

    assertThat(Typed.at(plane, "report", "cost", "--recommend").out())
        .isEqualTo(
            """
            SAVES  POOL   ABOUT  WHAT TO DO
            $3.50  linux  warm   keep fewer
            """);
  }

  @Test
  void aCostNobodyKnowsIsSaidAndNotCalledNothing() {
    plane.on("GET /api/observability/cost", REPORT.formatted("0.5", "0.5"));

    var typed = Typed.at(plane, "report", "cost");

    assertThat(typed.out()).contains("-           unknown  $0.50");
    assertThat(typed.err()).contains("0.50 hours of machines have no price");
  }
}
