package dev.nimbus.hostagent;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.hostagent.runner.RunnerDownload;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.config.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a host agent is set up. Zero cpus, memory or slots mean what the machine has.
 *
 * @param home its state is kept in {@code agent/} below it
 * @param shared whether it takes jobs of every tenant; needs a token that says so
 * @param startTimeout how long a sandbox may take to start
 * @param disk what one job may write
 * @param spoolBytes console output kept of ended jobs while the pipeline is away
 * @param consoleBytes kept of what one job prints
 * @param metricsPort 0 for any free one
 * @param runnerTools the folder of the programs of forges' runners, which need not be there
 * @param runnerDownloads programs to put there once the agent has started
 */
public record HostAgentConfig(
    URI controlPlane,
    Secret token,
    Path home,
    HostId host,
    List<String> labels,
    int slots,
    int milliCpus,
    long memoryBytes,
    boolean shared,
    IsolationPolicy isolation,
    Duration startTimeout,
    DiskLimits disk,
    long spoolBytes,
    long consoleBytes,
    String metricsHost,
    int metricsPort,
    Secret metricsToken,
    OnStop onStop,
    Path runnerTools,
    List<RunnerDownload> runnerDownloads) {
  public static final Key<URI> CONTROL_PLANE_URL =
      Key.uri("control-plane-url", "Where the control plane is.", "http://127.0.0.1:8000");
  public static final Key<Secret> CONTROL_PLANE_TOKEN =
      Key.secret("control-plane-token", "The agent's token for the control plane.");
  public static final Key<HostId> HOST_ID =
      Key.of(
          "host-id",
          "The name of this host, stable over restarts; the machine's own by default.",
          "",
          HostId::new,
          new HostId("host"));
  public static final Key<List<String>> LABELS =
      Key.of(
          "agent-labels",
          "Labels this host offers besides its executor, system and architecture.",
          "",
          HostAgentConfig::labels,
          List.of());
  public static final Key<Integer> SLOTS =
      Key.number("agent-slots", "Jobs run at once; 0 is four per processor.", "0", 0, 10_000);
  public static final Key<Integer> CPUS =
      Key.of(
          "agent-cpus",
          "Processors given to jobs, fractions allowed; 0 is all there are.",
          "0",
          HostAgentConfig::milliCpus,
          0);
  public static final Key<Long> MEMORY =
      Key.bytes("agent-memory", "Memory given to jobs; 0 is nine tenths of what there is.", "0");
  public static final Key<Boolean> SHARED =
      Key.flag("agent-shared", "Whether this host takes jobs of every tenant.", "false");
  public static final Key<IsolationPolicy> ISOLATION_POLICY =
      Key.of(
          "agent-isolation-policy",
          "What to do where isolation is reduced: require, reduced:PIECE,… or allow-reduced.",
          "reduced:disk-limit",
          IsolationPolicy::parse,
          new IsolationPolicy.Require());
  public static final Key<Duration> START_TIMEOUT =
      Key.of(
          "agent-start-timeout",
          "How long a sandbox may take to start; then the job is given back, which counts as an"
              + " attempt.",
          "2m",
          HostAgentConfig::startTimeout,
          Duration.ZERO);
  public static final Key<Long> DISK_LIMIT =
      Key.bytes(
          "agent-disk-limit",
          "What one job may write to its workspace before it is ended; 0 for no limit.",
          "16GiB");
  public static final Key<Long> TMP_LIMIT =
      Key.bytes(
          "agent-tmp-limit",
          "Size of a job's /tmp, which is in memory and counts as such: at most half of what the job"
              + " may use; 0 keeps it on the disk, within agent-disk-limit.",
          "1GiB");
  public static final Key<Long> SPOOL_BYTES =
      Key.bytes(
          "agent-spool-bytes",
          "Output kept of ended jobs while the logging pipeline is away; oldest dropped first.",
          "4GiB");
  public static final Key<Long> CONSOLE_LIMIT =
      Key.bytes("agent-console-limit", "Output kept of one job; the rest is dropped.", "256MiB");
  public static final Key<String> METRICS_HOST =
      Key.text("agent-metrics-host", "The address metrics and health are served on.", "127.0.0.1");
  public static final Key<Integer> METRICS_PORT =
      Key.number("agent-metrics-port", "The port metrics and health are on.", "9460", 0, 65_535);
  public static final Key<Secret> METRICS_TOKEN =
      Key.secret("agent-metrics-token", "What scrapers must show; without it, only this machine.");
  public static final Key<OnStop> ON_STOP =
      Key.of(
          "agent-on-stop",
          "What becomes of running jobs when the agent stops: leave, finish or kill.",
          "leave",
          OnStop::parse,
          OnStop.LEAVE);

  public static final Key<Path> RUNNER_TOOLS =
      Key.path(
          "agent-runner-tools",
          "The folder with the programs of forges' runners, each in a folder of its name.",
          "/opt/nimbus/runners");

  public static final Key<List<RunnerDownload>> RUNNER_DOWNLOADS =
      Key.of(
          "agent-runner-downloads",
          "Programs of runners to bring there at the start, each as TOOL=URL#sha256=HEX.",
          "",
          HostAgentConfig::downloads,
          List.of());

  private static final int MAX_CPUS = 100_000;
  private static final Duration LONGEST_START = Duration.ofDays(1);

  public HostAgentConfig {
    labels = List.copyOf(labels);
    runnerDownloads = List.copyOf(runnerDownloads);
  }

  /** Every key an agent reads. */
  public static List<Key<?>> keys() {
    return List.of(
        CONTROL_PLANE_URL,
        CONTROL_PLANE_TOKEN,
        HOST_ID,
        LABELS,
        SLOTS,
        CPUS,
        MEMORY,
        SHARED,
        ISOLATION_POLICY,
        START_TIMEOUT,
        DISK_LIMIT,
        TMP_LIMIT,
        SPOOL_BYTES,
        CONSOLE_LIMIT,
        METRICS_HOST,
        METRICS_PORT,
        METRICS_TOKEN,
        ON_STOP,
        RUNNER_TOOLS,
        RUNNER_DOWNLOADS);
  }

  /** Reads the configuration; mistakes stay in the settings. */
  public static HostAgentConfig read(Settings settings) {
    return new HostAgentConfig(
        settings.read(CONTROL_PLANE_URL),
        settings.read(CONTROL_PLANE_TOKEN),
        settings.read(CommonKeys.HOME),
        settings.find(HOST_ID).orElseGet(HostAgentConfig::machineName),
        settings.find(LABELS).orElse(List.of()),
        settings.read(SLOTS),
        settings.read(CPUS),
        settings.read(MEMORY),
        settings.read(SHARED),
        settings.read(ISOLATION_POLICY),
        settings.read(START_TIMEOUT),
        new DiskLimits(settings.read(DISK_LIMIT), settings.read(TMP_LIMIT)),
        settings.read(SPOOL_BYTES),
        settings.read(CONSOLE_LIMIT),
        settings.read(METRICS_HOST),
        settings.read(METRICS_PORT),
        settings.find(METRICS_TOKEN).orElse(Secret.NONE),
        settings.read(ON_STOP),
        settings.read(RUNNER_TOOLS),
        settings.find(RUNNER_DOWNLOADS).orElse(List.of()));
  }

  private static Duration startTimeout(String text) {
    var time = Key.duration("", "", "").parser().apply(text);
    if (!time.isPositive() || time.compareTo(LONGEST_START) > 0) {
      throw new IllegalArgumentException("not above zero and at most a day");
    }
    return time;
  }

  private static List<RunnerDownload> downloads(String text) {
    return Key.list("", "", "").parser().apply(text).stream().map(RunnerDownload::parse).toList();
  }

  private static HostId machineName() {
    try {
      return Offering.host(Files.readString(Path.of("/proc/sys/kernel/hostname")));
    } catch (IOException e) {
      return Offering.host("");
    }
  }

  private static List<String> labels(String text) {
    var labels = List.of(text.split(",", -1));
    return List.copyOf(Labels.of(labels).values());
  }

  private static int milliCpus(String text) {
    try {
      var cpus = new BigDecimal(text.strip());
      if (cpus.signum() < 0 || cpus.compareTo(BigDecimal.valueOf(MAX_CPUS)) > 0) {
        throw new IllegalArgumentException("not between 0 and " + MAX_CPUS);
      }
      return cpus.movePointRight(3).intValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number of processors", e);
    }
  }
}
