package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes runners that Forgejo forgets after one job, each for exactly one. */
final class Mint implements Registration.Maker {
  private static final String MISSING =
      "give the token the scope to write where the runners are (such as 'write:organization'), and"
          + " see that this is Forgejo 15 or newer";

  /** YAML as JSON writes it. The runner's own cache would be lost with its sandbox. */
  private static final String CONFIG =
      Json.text(
          Map.of(
              "runner",
              Map.of("capacity", 1, "fetch_interval", "1s"),
              "cache",
              Map.of("enabled", false)));

  private final ForgeApi api;
  private final URI url;

  Mint(ForgeApi api, URI url) {
    this.api = api;
    this.url = url;
  }

  @Override
  public Registered make(RunnerSpec spec, String scope) {
    if (spec.job().handle().isEmpty()) {
      return new Registered.Refused(
          "Cannot register runner '%s': job %s has no handle; update to Forgejo 15 or newer"
              .formatted(spec.name(), spec.job().key()));
    }
    var runner = new Wire.NewRunner(spec.name().value(), Pairing.write(spec.job().key()), true);
    var sent = api.attempt(Call.post(Runners.path(scope), runner, Purpose.MINT));
    return Registration.outcome(spec, sent, MISSING, reply -> ready(spec, reply));
  }

  private Registered ready(RunnerSpec spec, Reply reply) {
    var made = reply.json(Wire.MadeRunner.class);
    if (made.id() == null || made.uuid() == null || made.token() == null) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use Forgejo's answer: the runner has no id, uuid or token");
    }
    var launch =
        new RunnerLaunch(
            ForgeKind.FORGEJO,
            command(spec, made.uuid()),
            Map.of(),
            Map.of("token", made.token(), "config.yml", CONFIG));
    return new Registered.Ready(Long.toString(made.id()), launch);
  }

  private List<String> command(RunnerSpec spec, String uuid) {
    var words = new ArrayList<String>();
    words.addAll(List.of("{tool}/forgejo-runner", "one-job", "--config", "{files}/config.yml"));
    words.addAll(List.of("--url", url.toString(), "--uuid", uuid));
    words.addAll(List.of("--token-url", "file:{files}/token"));
    Registration.onHost(spec.job()).forEach(label -> words.addAll(List.of("--label", label)));
    words.addAll(List.of("--handle", spec.job().handle(), "--wait"));
    return words;
  }
}
