package dev.nimbus.cli.connect;

import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The control plane a command talks to.
 *
 * @param token asked for at every call, since a daemon may have replaced it
 */
public record Target(URI url, Supplier<String> token) {
  static final Option URL =
      Option.value(
          "--url",
          "URL",
          "The control plane. Default: NIMBUS_CONTROL_PLANE_URL, else the daemon of the home.");
  static final Option TOKEN =
      Option.value(
          "--token",
          "TOKEN",
          "The token to show. Default: NIMBUS_TOKEN, the file NIMBUS_TOKEN_FILE, else the home's.");

  /** What every command that talks to a control plane accepts. */
  public static final List<Option> OPTIONS = List.of(URL, TOKEN, Home.HOME);

  /** The control plane that was named, or else the daemon on this machine. */
  public static Target of(Shell shell, Arguments arguments) {
    return find(shell, arguments).orElseThrow(() -> nothing(Home.of(shell, arguments)));
  }

  /** Empty when none was named and no daemon runs. */
  public static Optional<Target> find(Shell shell, Arguments arguments) {
    var home = Home.of(shell, arguments);
    var named = arguments.text(URL).orElse(shell.variable("NIMBUS_CONTROL_PLANE_URL"));
    if (!named.isEmpty()) {
      return Optional.of(new Target(address(named), token(shell, arguments, home)));
    }
    return Daemon.running(home).map(daemon -> of(daemon, token(shell, arguments, home)));
  }

  /** The daemon on this machine, with a token of the home. */
  public static Target of(Daemon daemon, Home home) {
    return of(daemon, () -> read(home.tokenFile()));
  }

  private static Target of(Daemon daemon, Supplier<String> token) {
    return new Target(address(daemon.controlPlane()), token);
  }

  public ControlPlaneClient client() {
    return new ControlPlaneClient(url, token);
  }

  public TextClient text() {
    return new TextClient(url, token);
  }

  private static Supplier<String> token(Shell shell, Arguments arguments, Home home) {
    var named = arguments.text(TOKEN).orElse(shell.variable("NIMBUS_TOKEN"));
    if (!named.isEmpty()) {
      return () -> named;
    }
    var file = shell.variable("NIMBUS_TOKEN_FILE");
    return () -> read(file.isEmpty() ? home.tokenFile() : Path.of(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new NimbusException(
          Kind.DENIED, "No token: give --token or NIMBUS_TOKEN; there is no '" + file + "'", e);
    } catch (IOException e) {
      throw new NimbusException(Kind.DENIED, "Cannot read the token in '" + file + "'", e);
    }
  }

  private static URI address(String text) {
    try {
      var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).startsWith("http")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("'" + text + "' is not an address: " + e.getMessage());
    }
    throw new WrongUsage("'" + text + "' is not an address such as http://127.0.0.1:8000");
  }

  private static NimbusException nothing(Home home) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "No daemon runs in '"
            + home.folder()
            + "': start one with 'nimbus up', or name a control plane with --url");
  }
}
