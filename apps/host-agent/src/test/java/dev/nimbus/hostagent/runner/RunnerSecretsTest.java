package dev.nimbus.hostagent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.config.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunnerSecretsTest {
  private static final SandboxId SANDBOX = SandboxId.parse("j-0123456789abcdef.3");
  private static final String TOKEN = "8f3a0c2be1d94756a0b1c2d3e4f5061728394a5b";

  @Test
  void aTokenInAFileIsSecretWhereverItStands() {
    assertThat(secrets(List.of("x"), Map.of(), Map.of("token", TOKEN + "\n")))
        .containsExactly(TOKEN);
    assertThat(secrets(List.of("x"), Map.of(), Map.of(".runner", "{\"token\":\"" + TOKEN + "\"}")))
        .containsExactly(TOKEN);
  }

  @Test
  void aVariableIsSecretUnlessItIsShort() {
    var env = Map.of("JIT", "eyJhIjoiYiIsImMiOiJk+/==", "RETURN_CODE", "1");

    assertThat(secrets(List.of("x"), env, Map.of())).containsExactly("eyJhIjoiYiIsImMiOiJk+/==");
  }

  @Test
  void whatAnybodySeesIsNoSecret() {
    var command = List.of("run", "--label", "ubuntu-24-04-with-room:host");
    var files =
        Map.of(".runner", "nimbus-j-0123456789abcdef-3 ubuntu-24-04-with-room:host " + TOKEN);

    assertThat(secrets(command, Map.of(), files)).containsExactly(TOKEN);
  }

  private static List<String> secrets(
      List<String> command, Map<String, String> env, Map<String, String> files) {
    var reply = new RunnerReply("forgejo-runner", command, env, files);
    return RunnerSecrets.in(reply, SANDBOX).stream().map(Secret::value).toList();
  }
}
