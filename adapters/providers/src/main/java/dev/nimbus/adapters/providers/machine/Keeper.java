package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The machines of one host, which a script there starts, lists and ends. */
final class Keeper {
  /** The one type there is: a place for a machine on a host. */
  static final String TYPE = "slot";

  private static final int MOST_USER_DATA = 256 << 10;
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration ENDED = Duration.ofMinutes(3);
  private static final int GRACE_IN_TENTHS = 100;
  private static final long MOST_SECONDS = 99_999_999;
  private static final int FIELDS = 6;

  private final KeeperScript script;
  private final Place place;
  private final Shell shell;

  Keeper(KeeperScript script, Place place, Shell shell) {
    this.script = script;
    this.place = place;
    this.shell = shell;
  }

  Launch launch(MachineSpec spec) {
    var userData = spec.userData().endsWith("\n") ? spec.userData() : spec.userData() + "\n";
    var bytes = userData.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_USER_DATA || userData.indexOf('\0') >= 0) {
      return new Launch.Refused(
          "user data of %d bytes: at most %d, and no character 0".formatted(bytes, MOST_USER_DATA));
    }
    var reply = ask(script.calling(launchWords(spec, bytes), userData), ANSWER);
    var last = reply.last();
    return switch (last.word()) {
      case "launched" -> new Launch.Launched(made(spec, last.text()));
      case "full" -> new Launch.OutOfCapacity(last.text() + " at " + place.name());
      case "refused" -> new Launch.Refused(last.text() + " at " + place.name());
      default -> throw reply.failure("Cannot launch machine " + spec + " at " + place.name());
    };
  }

  void terminate(InstanceRef machine) {
    var name = machine.name();
    var words = words("terminate", name.value(), name.controller().value(), text(GRACE_IN_TENTHS));
    var reply = ask(script.calling(words), ENDED);
    if (!reply.last().word().equals("ended")) {
      throw reply.failure("Cannot terminate machine " + machine + " at " + place.name());
    }
  }

  List<Instance> instances(ControllerId controller) {
    var reply = ask(script.calling(words("list", controller.value())), ANSWER);
    if (!reply.last().word().equals("end")) {
      throw reply.failure("Cannot list the machines at " + place.name());
    }
    return reply.lines().stream()
        .filter(line -> line.word().equals("machine"))
        .map(line -> listed(line.text()))
        .toList();
  }

  List<Finding> check() {
    var findings = new ArrayList<>(shell.reach());
    if (findings.stream().allMatch(Finding::fine)) {
      findings.addAll(looks());
    }
    return findings.stream()
        .map(f -> new Finding(place.name() + ": " + f.what(), f.fine(), f.advice()))
        .toList();
  }

  void close() {
    shell.close();
  }

  private List<Finding> looks() {
    var reply = ask(script.calling(words("check")), ANSWER);
    if (!reply.last().word().equals("end")) {
      var why = reply.failure("Cannot run a script").getMessage();
      return List.of(
          Finding.wrong(
              "runs scripts", why + ". See that /bin/sh, and sudo where it is set, work there"));
    }
    return reply.lines().stream()
        .filter(line -> line.word().equals("fine") || line.word().equals("wrong"))
        .map(Keeper::finding)
        .toList();
  }

  private static Finding finding(Reply.Line line) {
    if (line.word().equals("fine")) {
      return Finding.fine(line.text());
    }
    var parts = line.text().split(" \\| ", 2);
    return Finding.wrong(parts[0], parts.length == 1 ? "look at the host" : parts[1]);
  }

  private List<String> launchWords(MachineSpec spec, int bytes) {
    var seconds = Math.clamp(spec.maxLife().toSeconds(), 1, MOST_SECONDS);
    return words(
        "launch",
        spec.name().value(),
        spec.name().controller().value(),
        spec.owner().org().value(),
        spec.owner().pool().value(),
        spec.token(),
        text(place.slots()),
        text(seconds),
        text(bytes));
  }

  private List<String> words(String... words) {
    return Stream.concat(Stream.of(place.stateDir()), Arrays.stream(words)).toList();
  }

  private Reply ask(String text, Duration timeout) {
    return Reply.of(shell.run(text, timeout));
  }

  private Instance made(MachineSpec spec, String text) {
    var parts = text.split(" ", -1);
    if (parts.length != 2) {
      throw notUnderstood(text);
    }
    var ref = new InstanceRef(spec.name(), place.name(), parts[0]);
    return new Instance(ref, TYPE, Instance.State.RUNNING, spec.tags(), instant(parts[1]));
  }

  /** Reads NAME ORG POOL STATE ID CREATED. */
  private Instance listed(String text) {
    var parts = text.split(" ", -1);
    if (parts.length != FIELDS) {
      throw notUnderstood(text);
    }
    try {
      var name = new MachineName(parts[0]);
      var ref = new InstanceRef(name, place.name(), parts[4].equals("-") ? "" : parts[4]);
      var state = Instance.State.valueOf(parts[3].toUpperCase(Locale.ROOT));
      return new Instance(ref, TYPE, state, tags(name, parts[1], parts[2]), instant(parts[5]));
    } catch (IllegalArgumentException e) {
      throw notUnderstood(text);
    }
  }

  private static Map<String, String> tags(MachineName name, String org, String pool) {
    return Map.of(
        Owner.CONTROLLER,
        name.controller().value(),
        Owner.MACHINE,
        name.value(),
        Owner.ORG,
        new OrgId(org).value(),
        Owner.POOL,
        new PoolName(pool).value());
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw notUnderstood(text);
    }
  }

  private NimbusException notUnderstood(String text) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot understand what was said of a machine at %s: '%s'".formatted(place.name(), text));
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
