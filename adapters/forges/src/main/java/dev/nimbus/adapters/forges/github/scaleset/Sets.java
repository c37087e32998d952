package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds scale sets by name, and makes those that are missing. Their ids are kept once found. */
final class Sets {
  private static final long DEFAULT_GROUP = 1;
  private static final String SYSTEM = "System";

  private final Service service;
  private final Scope scope;
  private final Map<String, Long> ids = new ConcurrentHashMap<>();

  Sets(Service service, Scope scope) {
    this.service = service;
    this.scope = scope;
  }

  /** The id of a set, which exists afterwards; {@code DENIED} when it cannot be made. */
  long id(ScaleSet set) {
    var known = ids.get(set.name());
    if (known != null) {
      return known;
    }
    var group = group(Purpose.MINT);
    var id =
        find(set, group, Purpose.MINT)
            .flatMap(found -> Optional.ofNullable(found.id()))
            .orElseGet(() -> make(set, group));
    ids.put(set.name(), id);
    return id;
  }

  /** The set may have been deleted and made again. */
  void forget(ScaleSet set) {
    ids.remove(set.name());
  }

  /** The set as it is; empty when there is none. */
  Optional<Wire.KnownSet> find(ScaleSet set, Purpose purpose) {
    return find(set, group(purpose), purpose);
  }

  private Optional<Wire.KnownSet> find(ScaleSet set, long group, Purpose purpose) {
    var query = "?runnerGroupId=%d&name=%s".formatted(group, Call.segment(set.name()));
    var reply = service.send("GET", Service.SETS + query, Optional.empty(), purpose);
    var found = fine(reply, "look for scale set '" + set.name() + "'");
    return Wire.<Wire.KnownSet>all(Wire.read(found, Wire.Sets.class).value()).stream()
        .filter(one -> set.name().equalsIgnoreCase(Wire.text(one.name())) && one.id() != null)
        .findFirst();
  }

  /** Two who make the same one at once get the same one. */
  private long make(ScaleSet set, long group) {
    var labels = set.labels().stream().map(label -> new Wire.Label(label, SYSTEM)).toList();
    var wanted = new Wire.NewSet(set.name(), group, labels, new Wire.Setting(true));
    var reply = service.send("POST", Service.SETS, Optional.of(wanted), Purpose.MINT);
    var made =
        reply.status() == 409
            ? find(set, group, Purpose.MINT)
            : Optional.of(
                Wire.read(fine(reply, "make scale set '" + set.name() + "'"), Wire.KnownSet.class));
    return made.flatMap(one -> Optional.ofNullable(one.id()))
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.UNAVAILABLE,
                    "Cannot make scale set '%s': GitHub says that it exists, and does not show it"
                        .formatted(set.name())));
  }

  private long group(Purpose purpose) {
    if (scope.group().isEmpty()) {
      return DEFAULT_GROUP;
    }
    var path = "/_apis/runtime/runnergroups/?groupName=" + Call.segment(scope.group());
    var reply = service.send("GET", path, Optional.empty(), purpose);
    var doing = "look for runner group '" + scope.group() + "'";
    return Wire.<Wire.Group>all(Wire.read(fine(reply, doing), Wire.Groups.class).value()).stream()
        .filter(one -> scope.group().equalsIgnoreCase(Wire.text(one.name())))
        .flatMap(one -> Optional.ofNullable(one.id()).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.DENIED,
                    "Cannot %s: there is none; create it, or correct option runner_group"
                        .formatted(doing)));
  }

  private static Reply fine(Reply reply, String doing) {
    if (!reply.ok()) {
      throw reply.refusal(doing);
    }
    return reply;
  }
}
