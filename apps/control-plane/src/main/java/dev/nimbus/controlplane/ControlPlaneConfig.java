package dev.nimbus.controlplane;

import dev.nimbus.core.org.JobRate;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.secret.VaultKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a control plane is told at start.
 *
 * @param home where its key and, by default, its database are
 * @param jobPolicy the admission policy; an empty path for the rules every installation has
 * @param metricsToken empty to answer metrics to loopback clients only
 * @param giveUpAfter how long a job of a forge may wait
 * @param machinesUrl where machines reach it; empty for its own port on this machine
 * @param orgRate at which the jobs of each tenant may start
 * @param secretsKeys of the vault, newest first; empty for those of a file in the home
 */
public record ControlPlaneConfig(
    String listenHost,
    int port,
    Path home,
    String databaseUrl,
    URI logsUrl,
    URI cacheUrl,
    Duration leaseTtl,
    int maxAttempts,
    Duration hostLostAfter,
    Duration keepHosts,
    Duration keepJobs,
    Path jobPolicy,
    Duration shutdownGrace,
    Secret metricsToken,
    List<VaultKey> secretsKeys,
    JobRate orgRate,
    Duration giveUpAfter,
    URI machinesUrl) {

  /** Where it listens. */
  public static final Key<String> LISTEN_HOST =
      Key.text("listen-host", "Address the control plane listens on", "127.0.0.1");

  public static final Key<Integer> PORT =
      Key.number("port", "Port of the control plane; 0 takes any free one.", "8000", 0, 65_535);
  public static final Key<String> DATABASE_URL =
      new Key<>(
          "database-url",
          "Where the control plane keeps its state: sqlite:PATH or postgresql://USER:PASSWORD@HOST/DB;"
              + " nimbus.db in the home when absent",
          "",
          true,
          text -> text,
          "");
  public static final Key<URI> LOGS_URL =
      Key.uri("logs-url", "Address of the logging pipeline", "http://127.0.0.1:8002");
  public static final Key<URI> CACHE_URL =
      Key.uri("cache-url", "Address of the cache proxy", "http://127.0.0.1:8001");
  public static final Key<URI> MACHINES_URL =
      Key.uri(
          "machines-url",
          "Where machines of pools reach the control plane; its own port on this machine by default.",
          "");
  public static final Key<Duration> JOB_LEASE_TTL =
      Key.duration(
          "job-lease-ttl",
          "How long a host may go without renewing a lease before its job is given to another",
          "30s");
  public static final Key<Integer> JOB_MAX_ATTEMPTS =
      Key.number("job-max-attempts", "Lost attempts after which a job is dead.", "3", 1, 100);
  public static final Key<Duration> HOST_LOST_AFTER =
      Key.duration("host-lost-after", "Silence after which a host counts as dead", "90s");
  public static final Key<Duration> HOST_RETENTION =
      Key.duration("host-retention", "How long a silent host is remembered", "24h");
  public static final Key<Duration> JOB_RETENTION =
      Key.duration("job-retention", "How long an ended job is remembered", "90d");
  public static final Key<Path> JOB_POLICY_PATH =
      Key.path(
          "job-policy-path",
          "The admission policy, read again when it changes; without it only the code of members"
              + " runs",
          "");
  public static final Key<Duration> SHUTDOWN_GRACE =
      Key.duration("shutdown-grace", "How long requests may take to end at shutdown", "10s");
  public static final Key<Secret> METRICS_TOKEN =
      Key.secret(
          "control-plane-metrics-token",
          "Bearer token for /metrics; only loopback clients are answered when absent");

  public static final Key<List<VaultKey>> SECRETS_KEY =
      new Key<>(
          "secrets-key",
          "What the secrets of connections are sealed with: lines of an id and 32 bytes in base64,"
              + " newest first; keys/secrets.key in the home when absent",
          "",
          true,
          VaultFile::parse,
          List.of());

  public static final Key<Integer> ORG_JOB_RATE_LIMIT =
      Key.number(
          "org-job-rate-limit",
          "How many jobs of a tenant may start within org-rate-interval; 0 for any number.",
          "0",
          0,
          1_000_000);
  public static final Key<Duration> ORG_RATE_INTERVAL =
      Key.duration(
          "org-rate-interval",
          "The interval org-job-rate-limit is for, of all control planes",
          "60s");

  public static final Key<Duration> FORGE_GIVE_UP_AFTER =
      Key.duration(
          "forge-give-up-after",
          "How long a job of a forge may wait for a host before it is dead and its forge told",
          "24h");

  /** Every key this record is read from. */
  public static List<Key<?>> keys() {
    return List.of(
        LISTEN_HOST,
        PORT,
        DATABASE_URL,
        LOGS_URL,
        CACHE_URL,
        JOB_LEASE_TTL,
        JOB_MAX_ATTEMPTS,
        HOST_LOST_AFTER,
        HOST_RETENTION,
        JOB_RETENTION,
        JOB_POLICY_PATH,
        SHUTDOWN_GRACE,
        METRICS_TOKEN,
        SECRETS_KEY,
        ORG_JOB_RATE_LIMIT,
        ORG_RATE_INTERVAL,
        FORGE_GIVE_UP_AFTER,
        MACHINES_URL);
  }

  /** Reads the keys; mistakes are left with the settings. */
  public static ControlPlaneConfig read(Settings settings, Path home) {
    return new ControlPlaneConfig(
        settings.read(LISTEN_HOST),
        settings.read(PORT),
        home,
        settings.find(DATABASE_URL).orElse("sqlite:" + home.resolve("nimbus.db")),
        settings.read(LOGS_URL),
        settings.read(CACHE_URL),
        settings.read(JOB_LEASE_TTL),
        settings.read(JOB_MAX_ATTEMPTS),
        settings.read(HOST_LOST_AFTER),
        settings.read(HOST_RETENTION),
        settings.read(JOB_RETENTION),
        settings.find(JOB_POLICY_PATH).orElse(Path.of("")),
        settings.read(SHUTDOWN_GRACE),
        settings.find(METRICS_TOKEN).orElse(Secret.NONE),
        settings.find(SECRETS_KEY).orElse(List.of()),
        rate(settings),
        settings.read(FORGE_GIVE_UP_AFTER),
        settings.find(MACHINES_URL).orElse(URI.create("")));
  }

  private static JobRate rate(Settings settings) {
    var jobs = settings.read(ORG_JOB_RATE_LIMIT);
    var interval = settings.find(ORG_RATE_INTERVAL).orElse(JobRate.NONE.interval());
    if (interval.isPositive()) {
      return new JobRate(jobs, interval);
    }
    settings.problem("'org-rate-interval' is nothing at all; it must be above zero.");
    return JobRate.NONE;
  }
}
