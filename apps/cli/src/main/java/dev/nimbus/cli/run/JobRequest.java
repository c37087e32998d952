package dev.nimbus.cli.run;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.json.JsonWords;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.job.ByteSize;
import dev.nimbus.service.config.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The job that the options of {@code nimbus run} describe. */
final class JobRequest {
  private static final Option LABEL =
      Option.repeated("--label", "LABEL", "A label the host must have, such as docker or cpus:4.");
  private static final Option IMAGE =
      Option.value("--image", "IMAGE", "The system the job sees. Default: the host's, read-only.");
  private static final Option CPUS =
      Option.value("--cpus", "N", "Processors it may use, such as 2 or 0.5. Default: 1.");
  private static final Option MEMORY =
      Option.value("--memory", "SIZE", "Memory it may use, such as 2G. Default: 512MiB.");
  private static final Option TIMEOUT =
      Option.value("--timeout", "TIME", "How long it may run, such as 90s or 2h. Default: 6h.");
  private static final Option ENV =
      Option.repeated(
          "--env", "NAME=VALUE", "A variable for the job; NAME alone takes this shell's value.");
  private static final Option REPOSITORY =
      Option.value("--repository", "NAME", "The repository it belongs to, such as acme/shop.");
  private static final Option NETWORK =
      new Option(
          List.of("--network"),
          new Option.Shape.Value("NETWORK", List.of("host", "none")),
          "Whether it sees the host's network or none. Default: host.");
  private static final Option METADATA =
      Option.repeated("--metadata", "KEY=VALUE", "Something to find and compare the job by.");

  static final List<Option> OPTIONS =
      List.of(LABEL, IMAGE, CPUS, MEMORY, TIMEOUT, ENV, REPOSITORY, NETWORK, METADATA);

  private final Shell shell;
  private final Arguments arguments;

  private JobRequest(Shell shell, Arguments arguments) {
    this.shell = shell;
    this.arguments = arguments;
  }

  /** The request as JSON. */
  static String of(Shell shell, Arguments arguments) {
    return new JobRequest(shell, arguments).document();
  }

  private String document() {
    var job = new LinkedHashMap<String, Object>();
    job.put("command", arguments.operands());
    if (arguments.has(ENV)) {
      job.put("env", environment());
    }
    if (arguments.has(LABEL)) {
      job.put("labels", arguments.texts(LABEL));
    }
    arguments.text(REPOSITORY).ifPresent(text -> job.put("repository", text));
    arguments.text(IMAGE).ifPresent(text -> job.put("image", text));
    arguments.text(CPUS).ifPresent(text -> job.put("cpus", cpus(text)));
    arguments.text(MEMORY).ifPresent(text -> job.put("memory_bytes", bytes(text)));
    arguments.text(TIMEOUT).ifPresent(text -> job.put("timeout_ms", millis(text)));
    arguments.text(NETWORK).ifPresent(text -> job.put("network", text));
    if (arguments.has(METADATA)) {
      job.put("metadata", metadata());
    }
    return JsonWords.write(job);
  }

  private Map<String, String> environment() {
    var values = new LinkedHashMap<String, String>();
    for (var text : arguments.texts(ENV)) {
      var equals = text.indexOf('=');
      if (equals < 0 && !shell.environment().containsKey(text)) {
        throw WrongUsage.of(ENV, text, "NAME=VALUE, or the name of a variable that is set here");
      }
      var name = equals < 0 ? text : text.substring(0, equals);
      values.put(name, equals < 0 ? shell.variable(text) : text.substring(equals + 1));
    }
    return values;
  }

  private Map<String, String> metadata() {
    var values = new LinkedHashMap<String, String>();
    for (var text : arguments.texts(METADATA)) {
      var equals = text.indexOf('=');
      if (equals < 1) {
        throw WrongUsage.of(METADATA, text, "KEY=VALUE");
      }
      values.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return values;
  }

  private static double cpus(String text) {
    try {
      var cpus = Double.parseDouble(text);
      if (cpus > 0 && cpus <= 1024) {
        return cpus;
      }
    } catch (NumberFormatException _) {
      throw WrongUsage.of(CPUS, text, "a number such as 2 or 0.5");
    }
    throw WrongUsage.of(CPUS, text, "a number above 0 and at most 1024");
  }

  private static long bytes(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException _) {
      throw WrongUsage.of(MEMORY, text, "a size such as 512MiB or 2G");
    }
  }

  private static long millis(String text) {
    try {
      return Key.duration("timeout", "", "").parser().apply(text).toMillis();
    } catch (IllegalArgumentException _) {
      throw WrongUsage.of(TIMEOUT, text, "a time such as 500ms, 90s, 5m or 2h");
    }
  }
}
