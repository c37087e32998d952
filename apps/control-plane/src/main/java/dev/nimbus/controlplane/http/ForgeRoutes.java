package dev.nimbus.controlplane.http;

import dev.nimbus.api.Check;
import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.time.Ids;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of a tenant to its forges. Secrets go in and never come out. */
public final class ForgeRoutes {
  private static final long MAX_BODY = 256 << 10;
  private static final int ID_BYTES = 16;
  private static final Sealed NOTHING = new Sealed("", "");

  private final Connections connections;
  private final Consumer<Connection> changed;
  private final Ids ids;
  private final InstantSource time;

  /**
   * Serves connections.
   *
   * @param changed told of a connection that was applied
   */
  public ForgeRoutes(
      Connections connections, Consumer<Connection> changed, Ids ids, InstantSource time) {
    this.connections = connections;
    this.changed = changed;
    this.ids = ids;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.FORGES, admin, this::list)
            .does("listForges", "List the tenant's connections to forges")
            .asks(Orgs.ORG)
            .answers(200, Items.class, ForgeView.class),
        Route.get(Paths.FORGE, admin, this::show)
            .does("getForge", "One connection; the values of its secrets never leave")
            .asks(Orgs.ORG)
            .answers(200, ForgeView.class)
            .refuses(Kind.NOT_FOUND),
        Route.put(Paths.FORGE, admin, this::apply)
            .does("applyForge", "Make a connection, or make it be so")
            .asks(Orgs.ORG)
            .takes(ApplyForge.class)
            .upTo(MAX_BODY)
            .answers(201, ForgeView.class)
            .answers(200, ForgeView.class),
        Route.delete(Paths.FORGE, admin, this::remove)
            .does("removeForge", "Forget a connection; its waiting jobs are called off")
            .asks(Orgs.ORG)
            .answers(204)
            .refuses(Kind.NOT_FOUND),
        Route.post(Paths.FORGE_CHECK, admin, this::check)
            .does("checkForge", "Call the forge harmlessly and say what is missing")
            .asks(Orgs.ORG)
            .answers(200, Check.class)
            .refuses(Kind.NOT_FOUND));
  }

  private Response list(Request request) {
    var views = connections.list(Orgs.of(request)).stream().map(this::view).toList();
    return Response.json(200, new Items<ForgeView>(views, null));
  }

  private Response show(Request request) {
    return Response.json(200, view(find(request)));
  }

  private Response apply(Request request) {
    var body = request.json(ApplyForge.class);
    var org = Orgs.of(request);
    var name = name(request);
    var known = connections.find(org, name);
    var wanted =
        new Connection(
            org,
            known.map(Connection::id).orElseGet(this::fresh),
            name,
            ForgeKind.parse(body.kind()),
            body.url(),
            or(body.owner(), ""),
            or(body.repositories(), List.of()),
            Connection.options(or(body.options(), Map.of())),
            NOTHING,
            time.instant(),
            0);
    var applied = connections.apply(wanted, or(body.secrets(), Map.of()));
    changed.accept(applied);
    return Response.json(known.isPresent() ? 200 : 201, view(applied));
  }

  private Response remove(Request request) {
    if (!connections.remove(Orgs.of(request), name(request))) {
      throw unknown(Orgs.of(request), name(request));
    }
    return Response.empty(204);
  }

  private Response check(Request request) {
    var findings =
        connections.forge(find(request)).check().stream()
            .map(found -> new Check.Finding(found.what(), found.fine(), found.advice()))
            .toList();
    var fine = findings.stream().allMatch(Check.Finding::fine);
    return Response.json(200, new Check(fine, findings));
  }

  private ForgeView view(Connection connection) {
    return new ForgeView(
        connection.name().value(),
        connection.org().value(),
        connection.kind().word(),
        connection.url(),
        connection.owner(),
        connection.repositories(),
        connection.options(),
        connections.secretNames(connection),
        "/webhooks/" + connection.kind().word() + "/" + connection.id(),
        connection.changedAt(),
        connection.revision());
  }

  private Connection find(Request request) {
    var org = Orgs.of(request);
    var name = name(request);
    return connections.find(org, name).orElseThrow(() -> unknown(org, name));
  }

  /** Not to be guessed: it is all that tells apart whose webhook an unsigned stranger tries. */
  private ConnectionId fresh() {
    return new ConnectionId("c" + HexFormat.of().formatHex(ids.secret(ID_BYTES)));
  }

  private static ConnectionName name(Request request) {
    return new ConnectionName(request.param("name"));
  }

  private static NimbusException unknown(OrgId org, ConnectionName name) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no connection '%s' of tenant '%s'".formatted(name, org));
  }

  private static <T> T or(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
