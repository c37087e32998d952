package dev.nimbus.api.client;

import dev.nimbus.api.Check;
import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.api.forge.ApplyForge;
import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.api.host.HostView;
import dev.nimbus.api.host.OrgLimitsBody;
import dev.nimbus.api.host.OrgView;
import dev.nimbus.api.identity.MintToken;
import dev.nimbus.api.identity.MintedToken;
import dev.nimbus.api.identity.RevokeTokens;
import dev.nimbus.api.identity.SignInLink;
import dev.nimbus.api.identity.TokenView;
import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.JobWhy;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.api.machine.ApplyProvider;
import dev.nimbus.api.machine.MachineView;
import dev.nimbus.api.machine.MakeMachine;
import dev.nimbus.api.machine.PoolBody;
import dev.nimbus.api.machine.PoolMatch;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.api.machine.ProviderView;
import dev.nimbus.api.report.CostReport;
import dev.nimbus.api.report.PriceView;
import dev.nimbus.api.report.RecommendationReport;
import dev.nimbus.api.report.RightsizeReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The control plane as people and tools use it. Every call blocks, and throws what the service
 * refused with its kind and code, or {@code UNAVAILABLE} when it could not be asked. Thread-safe.
 */
public final class ControlPlaneClient {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Transport transport;

  /** A client of the service at this address; the token is asked for at every call. */
  public ControlPlaneClient(URI base, Supplier<String> token) {
    this.transport = new Transport(base, token);
  }

  /** Submits a job; the same key with the same job gives the same job again. */
  public JobView submit(SubmitJob job, String idempotencyKey) {
    return transport.post(
        Paths.JOBS,
        job,
        JobView.class,
        Map.of("Idempotency-Key", idempotencyKey),
        Duration.ofSeconds(30));
  }

  public JobDetail job(String id) {
    return transport.get(Paths.with(Paths.JOB, id), JobDetail.class);
  }

  /** Jobs newest first; the query is what follows {@code ?}, see {@link Query}. */
  public Items<JobView> jobs(Query query) {
    return transport.get(Paths.JOBS + query, JobPage.class).page();
  }

  public JobWhy why(String id) {
    return transport.get(Paths.with(Paths.JOB_WHY, id), JobWhy.class);
  }

  public JobView cancel(String id) {
    return transport.post(Paths.with(Paths.JOB_CANCEL, id), Map.of(), JobView.class);
  }

  public JobView retry(String id) {
    return transport.post(Paths.with(Paths.JOB_RETRY, id), Map.of(), JobView.class);
  }

  /** Events {@code job} with a {@link JobView} at every change, ending when the job has ended. */
  public EventStream events(String id) {
    return transport.events(Paths.with(Paths.JOB_EVENTS, id), "", SILENCE);
  }

  /** Events {@code line} with a {@link LogLine}, then {@code end} when the log is complete. */
  public EventStream followLog(String id, String afterId) {
    return transport.events(Paths.with(Paths.JOB_LOGS, id) + "?follow=true", afterId, SILENCE);
  }

  public List<LogLine> log(String id, Query query) {
    return transport.get(Paths.with(Paths.JOB_LOGS, id) + query, LinePage.class).items;
  }

  public List<HostView> hosts() {
    return transport.get(Paths.HOSTS, HostPage.class).items;
  }

  public List<OrgView> orgs() {
    return transport.get(Paths.ORGS, OrgPage.class).items;
  }

  public void limit(String org, OrgLimitsBody limits) {
    transport.put(Paths.with(Paths.ORG_LIMITS, org), limits);
  }

  public List<ForgeView> forges() {
    return transport.get(Paths.FORGES, ForgePage.class).items;
  }

  public ForgeView forge(String name) {
    return transport.get(Paths.with(Paths.FORGE, name), ForgeView.class);
  }

  /** Creates the connection of this name, or changes it to be so. */
  public ForgeView applyForge(String name, ApplyForge forge) {
    return transport.put(Paths.with(Paths.FORGE, name), forge, ForgeView.class);
  }

  /** Forgets a connection; its waiting jobs are called off. */
  public void removeForge(String name) {
    transport.delete(Paths.with(Paths.FORGE, name));
  }

  /** Has the control plane call the forge harmlessly. */
  public Check checkForge(String name) {
    return transport.post(Paths.with(Paths.FORGE_CHECK, name), Map.of(), Check.class);
  }

  public List<ProviderView> providers() {
    return transport.get(Paths.PROVIDERS, ProviderPage.class).items;
  }

  public ProviderView provider(String name) {
    return transport.get(Paths.with(Paths.PROVIDER, name), ProviderView.class);
  }

  /** Creates the account of this name, or changes it to be so. */
  public ProviderView applyProvider(String name, ApplyProvider provider) {
    return transport.put(Paths.with(Paths.PROVIDER, name), provider, ProviderView.class);
  }

  /** Forgets an account that has no machines. */
  public void removeProvider(String name) {
    transport.delete(Paths.with(Paths.PROVIDER, name));
  }

  /** Has the control plane call the provider harmlessly. */
  public Check checkProvider(String name) {
    return transport.post(Paths.with(Paths.PROVIDER_CHECK, name), Map.of(), Check.class);
  }

  public List<PoolView> pools() {
    return transport.get(Paths.POOLS, PoolPage.class).items;
  }

  public PoolView pool(String name) {
    return transport.get(Paths.with(Paths.POOL, name), PoolView.class);
  }

  /** Creates the pool of this name, or changes it to be so. */
  public PoolView applyPool(String name, PoolBody pool) {
    return transport.put(Paths.with(Paths.POOL, name), pool, PoolView.class);
  }

  /** Forgets a pool, whose idle machines then end. */
  public void removePool(String name) {
    transport.delete(Paths.with(Paths.POOL, name));
  }

  /** Which pools would serve a job with these labels. */
  public List<PoolMatch> matchPools(List<String> labels) {
    var query = new Query().with("labels", String.join(",", labels));
    return transport.get(Paths.POOLS_MATCH + query, MatchPage.class).items;
  }

  /**
   * What machines cost.
   *
   * @param from the first day, or empty
   * @param to the day after the last, or empty
   */
  public CostReport cost(String from, String to, String by) {
    var query = new Query().with("from", from).with("to", to).with("by", by);
    return transport.get(Paths.COST + query, CostReport.class);
  }

  /** How much jobs used of what they asked for; days as for {@link #cost}. */
  public RightsizeReport rightsize(String from, String to) {
    var query = new Query().with("from", from).with("to", to);
    return transport.get(Paths.RIGHTSIZE + query, RightsizeReport.class);
  }

  /** What the offerings of pools cost, and who says so. */
  public List<PriceView> prices() {
    return transport.get(Paths.PRICES, PricePage.class).items;
  }

  /** What would have been cheaper; days as for {@link #cost}. */
  public RecommendationReport recommendations(String from, String to) {
    var query = new Query().with("from", from).with("to", to);
    return transport.get(Paths.RECOMMENDATIONS + query, RecommendationReport.class);
  }

  /** The tenant's machines, newest first. */
  public List<MachineView> machines(boolean gone) {
    var query = new Query().with("gone", gone ? "true" : "");
    return transport.get(Paths.MACHINES + query, MachinePage.class).items;
  }

  /** Has a machine made; the same key with the same wish gives the same machine again. */
  public MachineView makeMachine(MakeMachine wanted, String idempotencyKey) {
    return transport.post(
        Paths.MACHINES,
        wanted,
        MachineView.class,
        Map.of("Idempotency-Key", idempotencyKey),
        Duration.ofSeconds(30));
  }

  public MachineView machine(String id) {
    return transport.get(Paths.with(Paths.MACHINE, id), MachineView.class);
  }

  /** Has a machine ended, whatever it does. */
  public void terminateMachine(String id) {
    transport.delete(Paths.with(Paths.MACHINE, id));
  }

  public MintedToken mint(MintToken request) {
    return transport.post(Paths.TOKENS, request, MintedToken.class);
  }

  public List<TokenView> tokens() {
    return transport.get(Paths.TOKENS, TokenPage.class).items;
  }

  public void revoke(RevokeTokens request) {
    transport.post(Paths.TOKENS_REVOKE, request);
  }

  /** Starts signing with a new key; tokens of the old one stay good until they expire. */
  public void rotateKey() {
    transport.post(Paths.KEYS_ROTATE, Map.of());
  }

  public SignInLink signInLink() {
    return transport.post(Paths.SIGN_IN_CODES, Map.of(), SignInLink.class);
  }

  public ServiceStatus status() {
    return transport.get(Paths.STATUS, ServiceStatus.class);
  }

  private record JobPage(List<JobView> items, @Nullable String next) {
    Items<JobView> page() {
      return new Items<>(items, next);
    }
  }

  private record LinePage(List<LogLine> items) {}

  private record HostPage(List<HostView> items) {}

  private record ForgePage(List<ForgeView> items) {}

  private record ProviderPage(List<ProviderView> items) {}

  private record PoolPage(List<PoolView> items) {}

  private record MatchPage(List<PoolMatch> items) {}

  private record PricePage(List<PriceView> items) {}

  private record MachinePage(List<MachineView> items) {}

  private record OrgPage(List<OrgView> items) {}

  private record TokenPage(List<TokenView> items) {}
}
