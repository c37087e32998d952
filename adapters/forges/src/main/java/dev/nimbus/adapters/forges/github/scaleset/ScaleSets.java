package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Budget;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.Exchange;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.adapters.forges.http.HttpForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Pause;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Listening.Opening;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.id.RunnerName;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An owner's scale sets: listens to them, and makes their runners. Thread-safe. */
public final class ScaleSets {
  private static final Duration WHILE_TAKEN = Duration.ofSeconds(30);

  private final Scope scope;
  private final Runs runs;
  private final Service service;
  private final Sets sets;
  private final InstantSource time;

  /**
   * @param base of GitHub's API
   * @param api with the connection's credentials
   */
  public ScaleSets(
      Scope scope,
      URI base,
      ForgeApi api,
      Runs runs,
      HttpClient client,
      InstantSource time,
      Pause pause) {
    var polite = new Budget(Budget.Rules.POLITE, time.instant());
    var bare =
        new HttpForgeApi(
            new Exchange(client, base),
            _ -> Map.of("Accept", "application/json", "User-Agent", "nimbus"),
            polite,
            time,
            pause);
    this.scope = scope;
    this.runs = runs;
    this.time = time;
    this.service = new Service(new Tenant(api, bare, scope, time), client, time, pause);
    this.sets = new Sets(service, scope);
  }

  /** Opens the session of a set, after ending the one that was abandoned if it must. */
  public Opening listen(ScaleSet set, Seat seat) {
    try {
      return opening(set, seat, true);
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED || e.kind() == Kind.INVALID) { // The caller is to tell a person.
        return new Opening.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Makes a runner for whichever job of the set is next. */
  public Minted mint(ScaleSet set, RunnerName name) {
    try {
      return minted(set, name, true);
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) {
        return new Minted.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Looks at a set without making it. */
  public List<Finding> check(ScaleSet set) {
    var what = "scale set '%s' is there with its labels".formatted(set.name());
    var found = sets.find(set, Purpose.CHECK);
    if (found.isEmpty()) {
      return List.of(Finding.fine("scale set '%s' can be made".formatted(set.name())));
    }
    var labels =
        Wire.<Wire.Label>all(found.get().labels()).stream()
            .map(label -> Wire.text(label.name()).toLowerCase(Locale.ROOT))
            .toList();
    var missing =
        set.labels().stream()
            .filter(label -> !labels.contains(label.toLowerCase(Locale.ROOT)))
            .toList();
    return missing.isEmpty()
        ? List.of(Finding.fine(what))
        : List.of(
            Finding.wrong(
                what,
                "it has %s and not %s; labels stay as they were made, so delete it or name another"
                    .formatted(labels, missing)));
  }

  private Opening opening(ScaleSet set, Seat seat, boolean again) {
    var id = sets.id(set);
    var sent = open(id, seat);
    if (conflict(sent) && !seat.abandoned().isEmpty()) {
      end(id, seat.abandoned());
      sent = open(id, seat);
    }
    return switch (sent) {
      case Sent.Later(var notBefore, var why) -> new Opening.Later(notBefore, why);
      case Sent.Answered(var reply) when reply.ok() -> new Opening.Open(session(set, id, reply));
      case Sent.Answered(var reply) when reply.status() == 409 -> held(set, reply);
      case Sent.Answered(var reply) when reply.status() == 404 && again -> {
        sets.forget(set);
        yield opening(set, seat, false);
      }
      case Sent.Answered(var reply) -> throw reply.refusal("listen to '" + set.name() + "'");
    };
  }

  private Opening held(ScaleSet set, Reply reply) {
    return new Opening.Later(
        time.instant().plus(WHILE_TAKEN),
        "somebody else listens to '%s': %s".formatted(set.name(), reply.told()));
  }

  private Sent open(long id, Seat seat) {
    var wanted = new Wire.NewSession(seat.owner());
    return service.attempt("POST", sessions(id), Optional.of(wanted), Purpose.MINT);
  }

  private void end(long id, String session) {
    var path = sessions(id) + "/" + Call.segment(session);
    var reply = service.send("DELETE", path, Optional.empty(), Purpose.RETIRE);
    if (!reply.ok() && reply.status() != 404) {
      throw reply.refusal("end session '" + session + "'");
    }
  }

  private MessageSession session(ScaleSet set, long id, Reply reply) {
    var messages = new Messages(set, id, scope.page(), runs, time);
    return new MessageSession(
        service, scope, sessions(id), messages, Wire.read(reply, Wire.Session.class));
  }

  private Minted minted(ScaleSet set, RunnerName name, boolean again) {
    var path = "%s/%d/generatejitconfig".formatted(Service.SETS, sets.id(set));
    var wanted = new Wire.NewRunner(name.value(), "_work");
    var sent = service.attempt("POST", path, Optional.of(wanted), Purpose.MINT);
    return switch (sent) {
      case Sent.Later(var notBefore, var why) -> new Minted.Later(notBefore, why);
      case Sent.Answered(var reply) when reply.ok() -> ready(reply);
      case Sent.Answered(var reply) when taken(reply) -> new Minted.Taken();
      case Sent.Answered(var reply) when reply.status() == 404 && again -> {
        sets.forget(set);
        yield minted(set, name, false);
      }
      case Sent.Answered(var reply) ->
          throw reply.refusal("make runner '%s' of '%s'".formatted(name, set.name()));
    };
  }

  private static Minted ready(Reply reply) {
    var made = Wire.read(reply, Wire.Jit.class);
    if (made.runner() == null || made.runner().id() == null || made.encodedJITConfig() == null) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use GitHub's answer: it has no runner or no configuration");
    }
    return new Minted.Ready(Long.toString(made.runner().id()), made.encodedJITConfig());
  }

  private static boolean conflict(Sent sent) {
    return sent instanceof Sent.Answered(var reply) && reply.status() == 409;
  }

  private static boolean taken(Reply reply) {
    return reply.status() == 409 || reply.told().contains("AgentExistsException");
  }

  private static String sessions(long id) {
    return "%s/%d/sessions".formatted(Service.SETS, id);
  }
}
