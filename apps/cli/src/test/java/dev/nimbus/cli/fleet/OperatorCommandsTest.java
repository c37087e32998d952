package dev.nimbus.cli.fleet;

import static dev.nimbus.cli.FakeControlPlane.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import dev.nimbus.cli.json.JsonText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperatorCommandsTest {
  private static final String HOST =
      """
      {"id":"build-1","org":"default","shared":true,"alive":true,"labels":["linux","x64"],"cpus":4.0,
      "cpus_used":1.5,"memory_bytes":8589934592,"memory_used_bytes":1073741824,"slots":16,"leases":2,
      "reductions":["seccomp"],"version":"0.1.0","registered_at":"2026-11-22T11:00:00Z",
      "seen_at":"2026-11-22T11:59:58Z"}""";
  private static final String ORG =
      """
      {"id":"acme","max_running":10,"max_running_per_repository":5,"max_waiting":100,"waiting":3,
      "running":2}""";
  private static final String TOKEN =
      """
      {"audience":"agent","subject":"build-7","org":"acme","version":2,"scopes":["x"],
      "issued_at":"2026-11-22T11:00:00Z","expires_at":"2026-11-22T11:30:00Z","issued_by":"cli",
      "revoked":false}""";

  private final FakeControlPlane plane =
      new FakeControlPlane()
          .on("GET /api/hosts", Documents.items(HOST))
          .on("GET /api/orgs", Documents.items(ORG))
          .on("GET /api/tokens", Documents.items(TOKEN));

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void hostsAreListedWithWhatIsTaken() {
    assertThat(Typed.at(plane, "hosts", "list").out())
        .isEqualTo(
            """
            HOST     STATE  JOBS  CPUS   MEMORY   SEEN        LABELS
            build-1  alive  2/16  1.5/4  1/8 GiB  2.00 s ago  linux,x64
            """);
  }

  @Test
  void oneHostIsShownWithWhatItLacks() {
    assertThat(Typed.at(plane, "hosts", "show", "build-1").out()).contains("seccomp");
    assertThat(Typed.at(plane, "hosts", "show", "other"))
        .isEqualTo(new Typed(1, "", "nimbus: There is no host 'other'\n"));
  }

  @Test
  void limitsThatAreNotNamedStayAsTheyAre() {
    plane.on("PUT /api/orgs/acme/limits", json(204, ""));

    var typed = Typed.at(plane, "orgs", "limit", "acme", "--max-running", "20");

    assertThat(JsonText.read(plane.asked("PUT /api/orgs/acme/limits").getFirst().body()))
        .isEqualTo(
            Map.of("max_running", 20L, "max_running_per_repository", 5L, "max_waiting", 100L));
    assertThat(typed.out()).contains("acme  2 of 10  3 of 100  at most 5\n");
  }

  @Test
  void aTokenIsPrintedAloneSoThatAScriptCanTakeIt() {
    plane.on(
        "POST /api/tokens",
        """
        {"token":"eyJ","audience":"agent","subject":"build-7","org":"acme","version":1,"expires_at":"2027-01-01T00:00:00Z"}""");

    var typed =
        Typed.at(
            plane,
            "tokens",
            "mint",
            "build-7",
            "--audience",
            "agent",
            "--ttl",
            "90d",
            "--org",
            "acme",
            "--scope",
            "x");

    assertThat(typed.out()).isEqualTo("eyJ\n");
    assertThat(JsonText.read(plane.asked("POST /api/tokens").getFirst().body()))
        .isEqualTo(
            Map.of(
                "audience", "agent",
                "subject", "build-7",
                "org", "acme",
                "scopes", List.of("x"),
                "ttl_seconds", 90L * 86_400));
  }

  @Test
  void tokensAreListedWithTheirState() {
    assertThat(Typed.at(plane, "tokens", "list").out()).contains("build-7").contains("expired");
  }

  @Test
  void tokensAreRevokedAndKeysRotated() {
    plane.on("POST /api/tokens/revoke", json(204, ""));
    plane.on("POST /api/keys/rotate", "{\"key_id\":\"k\"}");

    var revoked = Typed.at(plane, "tokens", "revoke", "build-7", "--audience", "agent");

    assertThat(revoked.code()).isZero();
    assertThat(JsonText.read(plane.asked("POST /api/tokens/revoke").getFirst().body()))
        .isEqualTo(Map.of("audience", "agent", "subject", "build-7"));
    assertThat(Typed.at(plane, "tokens", "rotate").code()).isZero();
  }

  @Test
  void theDashboardLinkIsPrintedWhole() {
    plane.on(
        "POST /api/sign-in-codes",
        "{\"path\":\"/sign-in?code=abc\",\"expires_at\":\"2026-11-22T12:15:00Z\"}");

    assertThat(Typed.at(plane, "dashboard").out()).isEqualTo(plane.url() + "/sign-in?code=abc\n");
  }

  @Test
  void statusSaysWhatIsReadyAndFailsOtherwise() {
    plane.on(
        "GET /status",
        "{\"service\":\"control-plane\",\"version\":\"1\",\"started_at\":\"2026-11-22T11:00:00Z\",\"facts\":{\"hosts\":\"1\"}}");

    var bad = Typed.at(plane, "status");
    plane.on("GET /readyz", "ready");
    var good = Typed.at(plane, "status");

    assertThat(bad.code()).isEqualTo(1);
    assertThat(good.code()).isZero();
    assertThat(good.out()).contains("control-plane  ready").contains("hosts");
  }
}
