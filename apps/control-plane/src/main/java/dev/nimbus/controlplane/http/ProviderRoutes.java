package dev.nimbus.controlplane.http;

import dev.nimbus.api.Check;
import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.machine.ApplyProvider;
import dev.nimbus.api.machine.ProviderView;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The accounts a tenant rents machines with. Secrets go in and never come out. */
public final class ProviderRoutes {
  private static final long MAX_BODY = 256 << 10;
  private static final Sealed NOTHING = new Sealed("", "");

  private final Accounts accounts;
  private final InstantSource time;

  public ProviderRoutes(Accounts accounts, InstantSource time) {
    this.accounts = accounts;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.PROVIDERS, admin, this::list)
            .does("listProviders", "List the tenant's accounts with providers of machines")
            .asks(Orgs.ORG)
            .answers(200, Items.class, ProviderView.class),
        Route.get(Paths.PROVIDER, admin, this::show)
            .does("getProvider", "One account; the values of its secrets never leave")
            .asks(Orgs.ORG)
            .answers(200, ProviderView.class)
            .refuses(Kind.NOT_FOUND),
        Route.put(Paths.PROVIDER, admin, this::apply)
            .does("applyProvider", "Make an account, or make it be so")
            .asks(Orgs.ORG)
            .takes(ApplyProvider.class)
            .upTo(MAX_BODY)
            .answers(201, ProviderView.class)
            .answers(200, ProviderView.class)
            .refuses(Kind.CONFLICT),
        Route.delete(Paths.PROVIDER, admin, this::remove)
            .does("removeProvider", "Forget an account that has no machines")
            .asks(Orgs.ORG)
            .answers(204)
            .refuses(Kind.NOT_FOUND, Kind.CONFLICT),
        Route.post(Paths.PROVIDER_CHECK, admin, this::check)
            .does("checkProvider", "Call the provider harmlessly and say what is missing")
            .asks(Orgs.ORG)
            .answers(200, Check.class)
            .refuses(Kind.NOT_FOUND));
  }

  private Response list(Request request) {
    var views = accounts.list(Orgs.of(request)).stream().map(this::view).toList();
    return Response.json(200, new Items<ProviderView>(views, null));
  }

  private Response show(Request request) {
    return Response.json(200, view(find(request)));
  }

  private Response apply(Request request) {
    var body = request.json(ApplyProvider.class);
    var org = Orgs.of(request);
    var name = name(request);
    var before = accounts.find(org, name);
    var options =
        ProviderAccount.options(
            Objects.requireNonNullElse(body.options(), Map.<String, String>of()));
    var wanted =
        new ProviderAccount(
            org, name, ProviderKind.parse(body.kind()), options, NOTHING, time.instant(), 0);
    requireRight(request, wanted);
    before.ifPresent(known -> requireRight(request, known));
    var secrets = Objects.requireNonNullElse(body.secrets(), Map.<String, String>of());
    var applied = accounts.apply(wanted, secrets);
    return Response.json(before.isPresent() ? 200 : 201, view(applied));
  }

  private Response remove(Request request) {
    if (!accounts.remove(Orgs.of(request), name(request))) {
      throw unknown(Orgs.of(request), name(request));
    }
    return Response.empty(204);
  }

  private Response check(Request request) {
    var findings =
        accounts.check(find(request)).stream()
            .map(found -> new Check.Finding(found.what(), found.fine(), found.advice()))
            .toList();
    var fine = findings.stream().allMatch(Check.Finding::fine);
    return Response.json(200, new Check(fine, findings));
  }

  private static void requireRight(Request request, ProviderAccount account) {
    Accounts.installations(account)
        .ifPresent(
            what ->
                Orgs.requireOperator(
                    request, "have provider '%s' with %s".formatted(account.name(), what)));
  }

  private ProviderView view(ProviderAccount account) {
    return new ProviderView(
        account.name().value(),
        account.org().value(),
        account.kind().word(),
        account.options(),
        accounts.secretNames(account),
        account.changedAt(),
        account.revision());
  }

  private ProviderAccount find(Request request) {
    var org = Orgs.of(request);
    var name = name(request);
    return accounts.find(org, name).orElseThrow(() -> unknown(org, name));
  }

  private static ProviderName name(Request request) {
    return new ProviderName(request.param("name"));
  }

  private static NimbusException unknown(OrgId org, ProviderName name) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no provider '%s' of tenant '%s'".formatted(name, org));
  }
}
