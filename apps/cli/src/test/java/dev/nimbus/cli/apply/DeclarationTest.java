package dev.nimbus.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeclarationTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("HOOK", "hook-secret");

  @TempDir Path folder;

  @Test
  void secretsAreReadFromFilesBesideTheDeclarationAndFromTheEnvironment() throws IOException {
    Files.writeString(folder.resolve("key.pem"), "-----BEGIN KEY-----\n");

    var declared =
        read(
            """
            forges:
              - name: acme
                kind: github
                url: https://github.com
                owner: acme
                repositories: [shop]
                options: {app_id: "7"}
                secrets:
                  private_key: {file: key.pem}
                  webhook_secret: {env: HOOK}
            """);

    assertThat(declared).singleElement().extracting(DeclaredForge::name).isEqualTo("acme");
    var forge = declared.getFirst().forge();
    assertThat(forge.repositories()).containsExactly("shop");
    assertThat(forge.options()).isEqualTo(Map.of("app_id", "7"));
    assertThat(forge.secrets())
        .isEqualTo(Map.of("private_key", "-----BEGIN KEY-----", "webhook_secret", "hook-secret"));
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    forge: []
                    forges:
                      - name: acme
                        kind: github
                        url: not an address
                        tokn: x
                        secrets: {token: {env: NOT_SET}, key: {file: none.pem}}
                      - name: acme
                        kind: gitea
                        url: https://git.example
                        repositories: one
                    """))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("'forge' is not a key")
        .hasMessageContaining("'tokn' is not a key")
        .hasMessageContaining("'not an address' is not an address")
        .hasMessageContaining("the variable NOT_SET is not set")
        .hasMessageContaining("cannot read 'none.pem': there is no such file")
        .hasMessageContaining("declared twice")
        .hasMessageContaining("repositories is not a list");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Declaration.read(folder.resolve("none.yaml"), name -> ""))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aBrokenFileSaysWhere() {
    assertThatThrownBy(() -> read("forges: [\n"))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aDifferenceNamesWhatWouldChange() throws IOException {
    var declared =
        read(
            """
            forges:
              - {name: acme, kind: gitea, url: "https://git.example", owner: acme}
              - {name: fresh, kind: gitea, url: "https://git.example"}
            """);
    var known =
        List.of(
            new ForgeView(
                "acme",
                "default",
                "gitea",
                URI.create("https://git.example"),
                "old",
                List.of(),
                Map.of(),
                List.of("token"),
                "/webhooks/gitea/c1",
                Instant.EPOCH,
                1));

    assertThat(declared.stream().map(one -> Difference.of(one, known)))
        .containsExactly(
            new Difference("forge", "acme", "update", List.of("owner: old → acme")),
            new Difference("forge", "fresh", "create", List.of()));
  }

  private List<DeclaredForge> read(String text) throws IOException {
    var file = Files.writeString(folder.resolve("forges.yaml"), text);
    return Declaration.read(file, name -> ENVIRONMENT.getOrDefault(name, "")).forges();
  }
}
