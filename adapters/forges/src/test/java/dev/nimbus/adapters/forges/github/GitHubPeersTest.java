package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.tool.Needs;
import dev.nimbus.testkit.tool.VendorPackage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plays GitHub's own libraries against ours, and against the fake. */
final class GitHubPeersTest {
  private static final String SECRET = "It's a Secret to Everybody";
  private static final String BODY = "{\"zen\":\"Sch\u00f6ne Gr\u00fc\u00dfe, \u4e16\u754c\"}";

  @Test
  void theyAndWeBelieveEachOther() throws Exception {
    Needs.program("node");
    var time = InstantSource.system();
    try (var fake = FakeGitHub.start(time)) {
      var key = fake.secrets().getOrDefault("private_key", "");
      var app = new Credential.App("1", PrivateKeys.parse(key), "");
      var said =
          ask(
              Map.of(
                  "secret",
                  SECRET,
                  "body",
                  BODY,
                  "signature",
                  signedByFake(fake),
                  "appId",
                  "1",
                  "privateKey",
                  key,
                  "jwt",
                  AppJwt.sign(app, time.instant()),
                  "baseUrl",
                  ApiBase.of(fake.connection().url()).toString(),
                  "owner",
                  FakeForge.OWNER));

      assertThat(new Signatures(List.of(SECRET)).signed(bytes(BODY), said.signature())).isTrue();
      assertThat(said.signatureIsGood()).isTrue();
      assertThat(said.signatureOfAnotherIsGood()).isFalse();
      assertThat(said.jwtIsSigned()).isTrue();
      assertThat(said.jwtHeader()).isEqualTo(Map.of("alg", "RS256", "typ", "JWT"));
      assertThat(said.jwtClaims().iss()).isEqualTo("1");
      assertThat(said.jwtClaims().exp() - said.jwtClaims().iat()).isEqualTo(600);
      assertThat(said.runnersStatus()).isEqualTo(200);
    }
  }

  private static String signedByFake(FakeGitHub fake) {
    var unsigned = new Delivery(Map.of(), bytes(BODY), Instant.EPOCH);
    return fake.signed(unsigned, bytes(BODY), SECRET).header("x-hub-signature-256");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Asks their libraries; secrets travel through standard input only. */
  private static Said ask(Map<String, String> question) throws IOException, InterruptedException {
    var script = vendorFolder().resolve("github-peer.mjs").toString();
    var process = new ProcessBuilder("node", script).redirectError(Redirect.INHERIT).start();
    try (var input = process.getOutputStream()) {
      input.write(Json.write(question));
    }
    var answer = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return Json.read(answer, Said.class);
  }

  private static Path vendorFolder() {
    return VendorPackage.folder("@octokit/auth-app").resolve("../../..").normalize();
  }

  private record Said(
      String signature,
      boolean signatureIsGood,
      boolean signatureOfAnotherIsGood,
      boolean jwtIsSigned,
      Map<String, String> jwtHeader,
      AppJwt.Claims jwtClaims,
      int runnersStatus) {}
}
