package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.util.Optional;

/**
 * Makes machines. That there is one of a name is held by its token, which EC2 remembers for as long
 * as the machine exists and a day longer. Before, and where EC2 says that the token was used for
 * other parameters because the account's options have changed since, the machine is looked for by
 * its tag.
 */
final class Launching {
  private final Ec2 ec2;
  private final Sightings sightings;
  private final RunRequest requests;
  private final MacHosts hosts;
  private final Images images;

  Launching(Ec2 ec2, Sightings sightings, RunRequest requests, MacHosts hosts) {
    this.ec2 = ec2;
    this.sightings = sightings;
    this.requests = requests;
    this.hosts = hosts;
    this.images = new Images(ec2);
  }

  Launch launch(MachineSpec spec) {
    var problem = requests.problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    try {
      var there = found(spec);
      return there.isPresent() ? there.get() : run(spec);
    } catch (Refusal e) {
      return withType(spec, e.launch(spec));
    }
  }

  private Launch run(MachineSpec spec) {
    var rootDevice = spec.diskGib() > 0 ? images.rootDevice(spec.cell().image()) : "";
    if (spec.diskGib() > 0 && rootDevice.isEmpty()) {
      return new Launch.Refused(
          "image '%s' has no disk, or is gone".formatted(spec.cell().image()));
    }
    var host = MacHosts.needs(spec.cell().type()) ? hosts.hostFor(spec) : "";
    try {
      var request = requests.of(spec, rootDevice, host);
      var answer = ec2.askOnce(Action.RUN_INSTANCES, client -> client.runInstances(request));
      return answer(spec, Sighting.of(answer.instances().getFirst()));
    } catch (Refusal e) {
      if (e.meaning() == Meaning.OTHER_PARAMETERS) {
        return found(spec).orElseThrow(() -> unseen(spec, e));
      }
      throw e;
    }
  }

  /** The machine of this name that exists, or that none will because it was ended. */
  private Optional<Launch> found(MachineSpec spec) {
    var named = sightings.named(spec.name()).stream().filter(one -> one.is(spec.name())).toList();
    return named.stream()
        .filter(one -> !one.ended())
        .findFirst()
        .or(() -> named.stream().findFirst())
        .map(one -> answer(spec, one));
  }

  private static Launch answer(MachineSpec spec, Sighting seen) {
    return seen.ended() ? Refusal.ended(spec) : new Launch.Launched(seen.instance());
  }

  /** It was asked for already, and will be seen soon: asking again is right, making one is not. */
  private static NimbusException unseen(MachineSpec spec, Refusal why) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot launch %s: it was asked for with other options before, and is not seen yet"
            .formatted(spec),
        why);
  }

  /** Not every message of EC2 says which type it is about. */
  private static Launch withType(MachineSpec spec, Launch launch) {
    return launch instanceof Launch.Refused(var why) && !why.contains(spec.cell().type())
        ? new Launch.Refused("%s in %s: %s".formatted(spec.cell().type(), spec.cell().place(), why))
        : launch;
  }
}
