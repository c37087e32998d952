package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.Registration;
import dev.nimbus.adapters.forges.kin.Runners;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes runners that Gitea forgets after one job. The token that registers them is good for any
 * number and must not reach a runner, so they are registered here as their program would do it.
 */
final class Mint implements Registration.Maker {
  private static final String REGISTER = "/actions/runner.v1.RunnerService/Register";
  private static final String MISSING =
      "give the token the scope to write where the runners are (such as 'write:organization'), and"
          + " see that this is Gitea 1.24 or newer with Actions enabled";

  /** YAML as JSON writes it. The runner's own cache would be lost with its sandbox. */
  private static final String CONFIG =
      Json.text(
          Map.of(
              "runner",
              Map.of("file", ".runner", "capacity", 1, "fetch_interval", "1s"),
              "cache",
              Map.of("enabled", false)));

  /** The program wants its registration in the folder it works in, and may write there. */
  private static final List<String> COMMAND =
      List.of(
          "sh",
          "-c",
          "cd \"$1\" && exec \"$2\" daemon --once --config config.yml",
          "sh",
          "{files}",
          "{tool}/gitea-runner");

  private final ForgeApi api;
  private final URI url;

  Mint(ForgeApi api, URI url) {
    this.api = api;
    this.url = url;
  }

  @Override
  public Registered make(RunnerSpec spec, String scope) {
    var path = Runners.path(scope) + "/registration-token";
    var sent = api.attempt(new Call("POST", path, Map.of(), Optional.empty(), Purpose.MINT));
    return Registration.outcome(
        spec, sent, MISSING, reply -> register(spec, reply.json(Wire.RegistrationToken.class)));
  }

  private Registered register(RunnerSpec spec, Wire.RegistrationToken registration) {
    var runner =
        new Wire.NewRunner(
            spec.name().value(),
            Texts.text(registration.token()),
            "nimbus",
            spec.job().labels(),
            true);
    var call = Call.post(REGISTER, runner, Purpose.MINT).with("Connect-Protocol-Version", "1");
    return Registration.outcome(spec, api.attempt(call), MISSING, reply -> ready(spec, reply));
  }

  private Registered ready(RunnerSpec spec, Reply reply) {
    var made = reply.json(Wire.Made.class).runner();
    var id = made == null ? "" : Texts.text(made.id());
    if (made == null || made.uuid() == null || made.token() == null || !id.matches("\\d{1,18}")) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use Gitea's answer: the runner has no id, uuid or token");
    }
    var file =
        new Wire.RegistrationFile(
            Long.parseLong(id),
            made.uuid(),
            spec.name().value(),
            made.token(),
            url.toString(),
            Registration.onHost(spec.job()));
    return new Registered.Ready(
        id,
        new RunnerLaunch(
            ForgeKind.GITEA,
            COMMAND,
            Map.of(),
            Map.of(".runner", Json.text(file), "config.yml", CONFIG)));
  }
}
