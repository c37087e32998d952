package dev.nimbus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Typed;
import dev.nimbus.service.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandsTest {
  @Test
  void aKeyIsExplainedWithItsSource(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("nimbus.yaml"), "port: 1234\n");

    var ofTheFile = Typed.in(Map.of(), "config", "explain", "port", "--config", file.toString());
    var ofTheEnvironment =
        Typed.in(
            Map.of("NIMBUS_CONFIG", file.toString(), "NIMBUS_PORT", "9"),
            "config",
            "explain",
            "port");

    assertThat(ofTheFile.out()).contains("value        1234\n");
    assertThat(ofTheEnvironment.out()).contains("NIMBUS_PORT").contains("value        9\n");
  }

  @Test
  void secretsAreNeverShown() {
    var typed =
        Typed.in(Map.of("NIMBUS_CONTROL_PLANE_TOKEN", "hush"), "config", "explain", "--json");

    assertThat(typed.out()).contains("control-plane-token").doesNotContain("hush");
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    var typed =
        Typed.in(
            Map.of("NIMBUS_PORT", "many", "NIMBUS_NO_SUCH_KEY", "1"), "config", "explain", "port");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("'port'").contains("NIMBUS_NO_SUCH_KEY");
  }

  @Test
  void aKeyThatIsNoneIsWrongUsage() {
    assertThat(Typed.in(Map.of(), "config", "explain", "prot").code()).isEqualTo(2);
  }

  @Test
  void whatCommandsReadFromTheEnvironmentIsNoMistake() {
    var environment =
        Map.of("NIMBUS_TOKEN", "t", "NIMBUS_JAVA_OPTIONS", "-Xmx1g", "NIMBUS_HOME", "/tmp/x");

    assertThat(Typed.in(environment, "config", "explain").code()).isZero();
  }

  @Test
  void noKeyIsThereTwice() {
    assertThat(Keys.all().stream().map(Key::name)).doesNotHaveDuplicates();
  }
}
