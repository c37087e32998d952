package dev.nimbus.adapters.providers.ssh;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host that is reached by SSH.
 *
 * @param name as a cell's place calls it
 * @param address its name in DNS or its number; one of version 6 without brackets
 */
record SshHost(String name, String user, String address, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,62})=)?"
              + "(?<user>[A-Za-z_][A-Za-z0-9._-]{0,31})@"
              + "(?:\\[(?<six>[0-9A-Fa-f:.]{2,45})]|(?<address>[A-Za-z0-9][A-Za-z0-9.-]{0,252}))"
              + "(?::(?<port>\\d{1,5}))?");
  private static final int USUAL_PORT = 22;
  private static final int LAST_PORT = 65535;

  /**
   * Reads {@code user@address:port} or {@code name=user@address:port}; the port may be left out.
   */
  static Optional<SshHost> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var port = matcher.group("port") == null ? USUAL_PORT : Integer.parseInt(matcher.group("port"));
    if (port < 1 || port > LAST_PORT) {
      return Optional.empty();
    }
    var six = matcher.group("six");
    var address = six == null ? matcher.group("address") : six;
    var shown = (six == null ? address : "[" + six + "]") + ":" + port;
    var name = matcher.group("name") == null ? shown : matcher.group("name");
    return Optional.of(new SshHost(name, matcher.group("user"), address, port));
  }

  /** As a line of known hosts names it. */
  String inKnownHosts() {
    return port == USUAL_PORT ? address : "[" + address + "]:" + port;
  }

  @Override
  public String toString() {
    return "'%s' (%s@%s, port %d)".formatted(name, user, address, port);
  }
}
