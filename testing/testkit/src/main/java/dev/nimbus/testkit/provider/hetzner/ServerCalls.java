package dev.nimbus.testkit.provider.hetzner;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls about servers, and about what is being done to them. */
final class ServerCalls {
  private static final int MOST_USER_DATA = 32 * 1024;
  private static final String NAME = "[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?";

  private final World world;

  ServerCalls(World world) {
    this.world = world;
  }

  void addTo(Routes routes) {
    routes.add("GET", "/v1/servers", (call, _) -> list(call));
    routes.add("POST", "/v1/servers", (call, _) -> create(call));
    routes.add("GET", "/v1/servers/(\\d+)", (_, words) -> one(world.machine(id(words))));
    routes.add("PUT", "/v1/servers/(\\d+)", (call, words) -> update(call, id(words)));
    routes.add("DELETE", "/v1/servers/(\\d+)", (_, words) -> delete(id(words)));
    routes.add(
        "POST", "/v1/servers/(\\d+)/actions/rebuild", (call, words) -> rebuild(call, id(words)));
    routes.add("GET", "/v1/servers/(\\d+)/actions", (call, words) -> done(call, id(words)));
    routes.add("GET", "/v1/actions", (call, _) -> awaited(call));
    routes.add("GET", "/v1/actions/(\\d+)", (_, words) -> awaited(id(words)));
  }

  private Answer list(Call call) {
    var name = call.parameter("name");
    var selector = call.parameter("label_selector");
    var found =
        world.machines.values().stream()
            .filter(one -> name.isEmpty() || one.name.equals(name))
            .filter(one -> name.isEmpty() || !world.unnamed.contains(one.id))
            .filter(one -> Labels.choose(selector, one.labels))
            .filter(one -> selector.isEmpty() || !world.unlisted.contains(one.id))
            .map(Shapes::server)
            .toList();
    return Paging.of(call, "servers", found);
  }

  private Answer create(Call call) {
    var wanted = call.json(Wanted.class);
    check(wanted);
    var machine = world.make(wanted);
    var create = world.act(machine, "create_server");
    var start = world.act(machine, "start_server");
    return Answer.of(
        201,
        Shape.of(
            "server", Shapes.server(machine),
            "action", Shapes.action(create),
            "next_actions", List.of(Shapes.action(start)),
            "root_password", wanted.keys().isEmpty() ? "YItygq1v3GYjjMomLaKc" : null));
  }

  private void check(Wanted wanted) {
    if (!wanted.name().matches(NAME)) {
      throw Said.invalid("name", "is no valid hostname");
    }
    if (wanted.datacenter() != null) {
      throw Said.invalid("datacenter", "is not allowed any more");
    }
    if (wanted.data().getBytes(StandardCharsets.UTF_8).length > MOST_USER_DATA) {
      throw Said.invalid("user_data", "is too long");
    }
    Labels.check(wanted.tags());
    var offer = World.offer(wanted.serverType().toString());
    if (!offer.locations().contains(wanted.place())) {
      throw Said.invalid("server_type", "unsupported location for server type");
    }
    World.image(wanted.image().toString(), offer.architecture());
    if (wanted.keys().stream().anyMatch(key -> !World.is(key, World.SSH_KEY, 77))) {
      throw Said.notFound("SSH key");
    }
    if (wanted.privateNetworks().stream().anyMatch(id -> id != World.NETWORK)) {
      throw Said.notFound("network");
    }
    if (wanted.guards().stream().anyMatch(id -> id != World.FIREWALL)) {
      throw Said.notFound("firewall");
    }
    if (world.taken(wanted.name())) {
      throw Said.taken();
    }
    if (offer.soldOut()) {
      throw new Said(412, "resource_unavailable", "server type is sold out in this location");
    }
  }

  private static Answer one(Machine machine) {
    return Answer.of(200, Shape.of("server", Shapes.server(machine)));
  }

  /** What may be changed about a server. */
  record Changes(@Nullable String name, @Nullable Map<String, String> labels) {}

  private Answer update(Call call, long id) {
    var machine = world.machine(id);
    var changes = call.json(Changes.class);
    if (changes.name() != null && !changes.name().equals(machine.name)) {
      if (world.taken(changes.name())) {
        throw Said.taken();
      }
      machine.name = changes.name();
    }
    if (changes.labels() != null) {
      Labels.check(changes.labels());
      machine.labels = new TreeMap<>(changes.labels());
    }
    return one(machine);
  }

  private Answer delete(long id) {
    var machine = world.machine(id);
    var act = world.act(machine, "delete_server");
    world.machines.remove(id);
    return Answer.of(200, Shape.of("action", Shapes.action(act)));
  }

  /** What a server is to become. */
  record Rebuild(Object image, @Nullable String userData) {}

  private Answer rebuild(Call call, long id) {
    var machine = world.machine(id);
    var rebuild = call.json(Rebuild.class);
    if (machine.busy()) {
      throw Said.locked();
    }
    machine.image = World.image(rebuild.image().toString(), machine.offer.architecture());
    machine.userData = rebuild.userData() == null ? machine.userData : rebuild.userData();
    machine.status = "rebuilding";
    machine.builds++;
    var act = world.act(machine, "rebuild_server");
    return Answer.of(
        201, Shape.of("action", Shapes.action(act), "root_password", "zCWbFhnu950dUTko5f40"));
  }

  private Answer done(Call call, long id) {
    var acts = new ArrayList<>(world.machine(id).acts.stream().map(Shapes::action).toList());
    if (call.parameter("sort").equals("id:desc")) {
      Collections.reverse(acts);
    }
    return Paging.of(call, "actions", acts);
  }

  /** Whoever waits for something finds it over at the first look. */
  private Answer awaited(Call call) {
    var ids =
        Stream.of(call.query().split("&", -1))
            .filter(pair -> pair.startsWith("id="))
            .map(pair -> Long.parseLong(pair.substring(3)))
            .toList();
    var found = world.acts.stream().filter(act -> ids.contains(act.id)).map(this::ended).toList();
    return Paging.of(call, "actions", found);
  }

  private Answer awaited(long id) {
    return world.acts.stream()
        .filter(act -> act.id == id)
        .map(this::ended)
        .map(act -> Answer.of(200, Shape.of("action", act)))
        .findFirst()
        .orElseThrow(() -> Said.notFound("action"));
  }

  private Map<String, Object> ended(Machine.Act act) {
    act.end();
    var machine = world.machines.get(act.server);
    if (machine != null && !machine.busy()) {
      machine.settle();
    }
    return Shapes.action(act);
  }

  private static long id(String[] words) {
    return Long.parseLong(words[0]);
  }
}
