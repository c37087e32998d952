package dev.nimbus.cli.daemon;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.machine.BootReply;
import dev.nimbus.api.machine.BootRequest;
import dev.nimbus.api.machine.MachineReport;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.hostagent.HostAgent;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.hostagent.notice.Notice;
import dev.nimbus.hostagent.notice.NoticeSource;
import dev.nimbus.hostagent.notice.NoticeWatch;
import dev.nimbus.json.Json;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code nimbus boot}: what a machine made for one job runs. */
public final class BootCommand {
  private static final Duration SHIP_WITHIN = Duration.ofMinutes(2);
  private static final int TRIES = 60;
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private BootCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of(
                "Be a machine of a pool: run one job, then end.",
                "NIMBUS_MACHINE=nb-… NIMBUS_BOOT_TICKET_FILE=/run/ticket nimbus boot --home DIR")
            .withDetails(
                "Machines run this at their first start; it spends the boot ticket for everything"
                    + " else they need.");
    return new Command.Leaf<>(
        "boot", manual, Grammar.of(Keys.CONFIG, Home.HOME), BootCommand::boot);
  }

  private static int boot(Shell shell, Arguments arguments) throws InterruptedException {
    var home = Home.of(shell, arguments);
    HomeLock.prepare(home);
    var plain = Keys.settings(shell, arguments, Map.of());
    var machine = new MachineName(required(plain, Keys.MACHINE));
    var controlPlane = plain.read(HostAgentConfig.CONTROL_PLANE_URL);
    var boot =
        known(
            home.keys().resolve("boot.json"),
            () -> redeem(controlPlane, machine, required(plain, Keys.BOOT_TICKET).value()));
    var source = notices(plain);
    var settings = Keys.settings(shell, arguments, given(home, machine, boot));
    Foreground.log(settings);
    var config = HostAgentConfig.read(settings);
    settings.done();
    var lifetime = new Lifetime(shell);
    return lifetime.live(
        () -> {
          var metrics = new Metrics();
          try (var agent = HostAgent.start(config, HostAgent.executor(config.home()), metrics);
              var _ =
                  NoticeWatch.start(
                      source,
                      notice -> interrupted(agent, notice, plain, shell),
                      SystemTime.clock(),
                      metrics)) {
            Thread.ofVirtual().start(() -> endAfterJob(agent, lifetime, shell));
            shell.say(machine + " waits for its job");
            lifetime.awaitEnd();
          }
        });
  }

  private static NoticeSource notices(Settings settings) {
    try {
      return NoticeSource.of(settings.read(Keys.NOTICES), settings.read(Keys.METADATA_URL));
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, Keys.NOTICES.variable() + ": " + e.getMessage(), e);
    }
  }

  /** That nobody hears of it takes nothing from giving the job back. */
  private static void interrupted(HostAgent agent, Notice notice, Settings settings, Shell shell) {
    shell.say(notice.why());
    try {
      var machine = required(settings, Keys.MACHINE);
      var ticket = required(settings, Keys.BOOT_TICKET).value().strip();
      new AgentClient(settings.read(HostAgentConfig.CONTROL_PLANE_URL), () -> "")
          .report(machine, new MachineReport(ticket, "interrupted", notice.why()));
    } catch (NimbusException e) {
      shell.say("cannot report it: " + e.getMessage());
    }
    try {
      agent.interrupt(notice.left());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endAfterJob(HostAgent agent, Lifetime lifetime, Shell shell) {
    try {
      if (!agent.awaitServed(SHIP_WITHIN)) {
        shell.say("not all of the job's output was taken in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lifetime.end();
    }
  }

  /** What the configuration of the agent is, whatever else is configured on the machine. */
  private static Map<String, String> given(Home home, MachineName machine, BootReply boot) {
    var given = new LinkedHashMap<String, String>();
    given.put(CommonKeys.HOME.variable(), home.folder().toString());
    given.put(HostAgentConfig.HOST_ID.variable(), machine.value());
    given.put(HostAgentConfig.CONTROL_PLANE_TOKEN.variable(), boot.token());
    given.put(HostAgentConfig.LABELS.variable(), String.join(",", boot.labels()));
    given.put(HostAgentConfig.SLOTS.variable(), "1");
    given.put(HostAgentConfig.SHARED.variable(), "false");
    return given;
  }

  /** A ticket is spent once; what it gave is kept for when the program has to start again. */
  private static BootReply known(Path file, Supplier<BootReply> otherwise) {
    try {
      if (Files.exists(file)) {
        return Json.read(Files.readAllBytes(file), BootReply.class);
      }
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot read '" + file + "': " + e, e);
    }
    var reply = otherwise.get();
    PrivateFile.write(file, Json.text(reply));
    return reply;
  }

  private static BootReply redeem(URI controlPlane, MachineName machine, String ticket) {
    var client = new AgentClient(controlPlane, () -> "");
    var request = new BootRequest(machine.value(), ticket.strip());
    for (var left = TRIES; ; left--) {
      try {
        return client.boot(request);
      } catch (NimbusException e) {
        if (e.kind() != Kind.UNAVAILABLE || left <= 1) {
          throw e;
        }
        pause(machine);
      }
    }
  }

  private static void pause(MachineName machine) {
    try {
      var clock = SystemTime.clock();
      SystemTime.sleepUntil(clock.instant().plus(BETWEEN), clock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Interrupted before " + machine + " began", e);
    }
  }

  private static <T> T required(Settings settings, Key<T> key) {
    return settings
        .find(key)
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.INVALID,
                    key.variable() + " is not set: machines of a pool are started with it"));
  }
}
