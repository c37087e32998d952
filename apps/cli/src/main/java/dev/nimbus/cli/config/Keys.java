package dev.nimbus.cli.config;

import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.hostagent.notice.NoticeSource;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.config.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key of every app, and where their values come from. */
public final class Keys {
  public static final Option CONFIG =
      Option.value(
          "--config",
          "FILE",
          "The configuration. Default: NIMBUS_CONFIG, /etc/nimbus/nimbus.yaml.");

  private static final Key<Secret> TOKEN =
      Key.secret("token", "What commands show to the control plane; only from the environment.");

  /** The machine this process is the first program of. */
  public static final Key<String> MACHINE =
      Key.text("machine", "The machine of a pool this is; only from the environment.", "");

  /** What it proves itself with, once. */
  public static final Key<Secret> BOOT_TICKET =
      Key.secret(
          "boot-ticket", "What a machine of a pool proves itself with; only from the environment.");

  /** Whose metadata service says when this machine is taken back. */
  public static final Key<String> NOTICES =
      Key.text(
          "machine-notices",
          "Which cloud says when this machine is taken back: aws, gcp, azure or none; only from the"
              + " environment.",
          "");

  public static final Key<URI> METADATA_URL =
      Key.uri(
          "metadata-url",
          "Where that cloud's metadata service is; only from the environment.",
          NoticeSource.USUAL.toString());

  private static final Key<String> JAVA_OPTIONS =
      Key.text("java-options", "Further options for the JVM; only from the environment.", "");
  private static final Path USUAL = Path.of("/etc/nimbus/nimbus.yaml");

  private Keys() {}

  /** Each key once; services that share one agree on it. */
  public static List<Key<?>> all() {
    var byName = new LinkedHashMap<String, Key<?>>();
    Stream.of(
            CommonKeys.all(),
            ControlPlaneConfig.keys(),
            CacheProxyConfig.keys(),
            LogPipelineConfig.keys(),
            HostAgentConfig.keys(),
            List.<Key<?>>of(TOKEN, MACHINE, BOOT_TICKET, NOTICES, METADATA_URL, JAVA_OPTIONS))
        .flatMap(List::stream)
        .forEach(key -> byName.putIfAbsent(key.name(), key));
    return List.copyOf(byName.values());
  }

  /** What the file and the environment say, the given values before both. */
  public static Settings settings(Shell shell, Arguments arguments, Map<String, String> given) {
    var environment = new LinkedHashMap<>(shell.environment());
    environment.putAll(given);
    return Settings.load(file(shell, arguments), environment, all());
  }

  private static Optional<Path> file(Shell shell, Arguments arguments) {
    var named = arguments.text(CONFIG).orElse(shell.variable(CommonKeys.CONFIG.variable()));
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Files.isReadable(USUAL) ? Optional.of(USUAL) : Optional.empty();
  }
}
