package dev.nimbus.controlplane.boot;

import dev.nimbus.core.pool.Os;
import dev.nimbus.core.provider.BootFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a machine runs at its first start, in the form its image reads. It holds the ticket and no
 * other secret.
 */
public final class BootScript {
  private static final String SHELL = "machine.sh";
  private static final String POWERSHELL = "machine.ps1";

  private BootScript() {}

  /** The user data of a machine with this system, at a provider that reads this form. */
  public static String of(BootFacts facts, Os os, BootFormat form) {
    if (os == Os.WINDOWS) {
      return "<powershell>\n" + powershell(facts) + "</powershell>\n";
    }
    var script = shell(facts);
    return os == Os.LINUX && form == BootFormat.CLOUD_CONFIG ? cloudConfig(script) : script;
  }

  /** For any POSIX shell, of Linux and macOS. */
  static String shell(BootFacts facts) {
    return filled(SHELL, facts, "'\\''");
  }

  static String powershell(BootFacts facts) {
    return filled(POWERSHELL, facts, "''");
  }

  /** Has cloud-init write the script to memory, where only root reads it, and run it once. */
  static String cloudConfig(String script) {
    var text = new StringBuilder("#cloud-config\n");
    text.append("write_files:\n");
    text.append("  - path: /run/nimbus/machine.sh\n");
    text.append("    permissions: \"0700\"\n");
    text.append("    content: |\n");
    script.lines().forEach(line -> text.append(line.isEmpty() ? "" : "      " + line).append('\n'));
    text.append("runcmd:\n");
    text.append("  - [sh, /run/nimbus/machine.sh]\n");
    return text.toString();
  }

  /** Values stand between single quotes in both languages, which differ in how one is written. */
  private static String filled(String template, BootFacts facts, String quote) {
    var program = facts.program();
    return resource(template)
        .replace("@machine@", facts.machine().value())
        .replace("@control_plane@", quoted(base(facts), quote))
        .replace("@ticket@", quoted(facts.ticket(), quote))
        .replace("@max_life@", Long.toString(facts.maxLife().toSeconds()))
        .replace("@program_url@", program == null ? "" : quoted(program.url().toString(), quote))
        .replace("@program_sha256@", program == null ? "" : program.sha256())
        .replace("@notices@", facts.notices())
        .replace("@whole@", facts.whole() ? "yes" : "no");
  }

  private static String base(BootFacts facts) {
    var url = facts.controlPlane().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static String quoted(String value, String quote) {
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("A value of a boot script has a control character");
    }
    return value.replace("'", quote);
  }

  private static String resource(String name) {
    try (var stream = BootScript.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
