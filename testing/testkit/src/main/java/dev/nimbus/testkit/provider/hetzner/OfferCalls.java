package dev.nimbus.testkit.provider.hetzner;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.stream.Stream;

/** Calls about what there is to be had, and what else is in the project. */
final class OfferCalls {
  private OfferCalls() {}

  static void addTo(Routes routes) {
    routes.add("GET", "/v1/server_types", (call, _) -> types(call));
    routes.add("GET", "/v1/images", (call, _) -> images(call));
    routes.add("GET", "/v1/images/(\\d+)", (_, words) -> image(words[0]));
    routes.add("GET", "/v1/locations", (call, _) -> locations(call));
    routes.add("GET", "/v1/ssh_keys", (call, _) -> sshKeys(call));
    routes.add("GET", "/v1/ssh_keys/77", (_, _) -> one("ssh_key", Shapes.sshKey(World.SSH_KEY)));
    routes.add(
        "GET",
        "/v1/networks/" + World.NETWORK,
        (_, _) -> one("network", Shapes.network(World.NETWORK)));
    routes.add(
        "GET",
        "/v1/firewalls/" + World.FIREWALL,
        (_, _) -> one("firewall", Shapes.firewall(World.FIREWALL)));
    routes.add("GET", "/v1/pricing", (_, _) -> one("pricing", Shapes.pricing()));
  }

  private static Answer one(String name, Object value) {
    return Answer.of(200, Shape.of(name, value));
  }

  private static Answer types(Call call) {
    var found = Offer.ALL.stream().filter(one -> fits(call, "name", one.name()));
    return Paging.of(call, "server_types", found.map(Shapes::type).toList());
  }

  private static Answer images(Call call) {
    var found =
        Picture.ALL.stream()
            .filter(one -> fits(call, "name", one.name()))
            .filter(one -> fits(call, "architecture", one.architecture()))
            .filter(one -> !one.withdrawn() || call.parameter("include_deprecated").equals("true"));
    return Paging.of(call, "images", found.map(Shapes::image).toList());
  }

  private static Answer image(String number) {
    return Picture.ALL.stream()
        .filter(one -> Long.toString(one.id()).equals(number))
        .map(one -> one("image", Shapes.image(one)))
        .findFirst()
        .orElseThrow(() -> Said.notFound("image"));
  }

  private static Answer locations(Call call) {
    var found = Shapes.LOCATIONS.stream().filter(one -> fits(call, "name", one));
    return Paging.of(call, "locations", found.map(Shapes::location).toList());
  }

  private static Answer sshKeys(Call call) {
    var found = Stream.of(World.SSH_KEY).filter(one -> fits(call, "name", one));
    return Paging.of(call, "ssh_keys", found.map(Shapes::sshKey).toList());
  }

  private static boolean fits(Call call, String parameter, String value) {
    var wanted = call.parameter(parameter);
    return wanted.isEmpty() || wanted.equals(value);
  }
}
