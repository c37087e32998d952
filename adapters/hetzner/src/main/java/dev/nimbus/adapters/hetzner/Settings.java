package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.id.ProviderName;
import java.net.URI;
import java.util.List;

/**
 * How an account is used.
 *
 * @param endpoint where the interface is, without a slash at its end
 * @param locations where machines may be, such as {@code fsn1}
 * @param serverTypes those that may be used; empty for any
 * @param images those that may be used, by name or number; empty for any
 * @param sshKeys whom machines let in, by name or number
 * @param network what machines are attached to
 * @param token what proves who asks
 */
record Settings(
    ProviderName name,
    URI endpoint,
    List<String> locations,
    List<String> serverTypes,
    List<String> images,
    List<String> sshKeys,
    Network network,
    Token token) {
  Settings {
    locations = List.copyOf(locations);
    serverTypes = List.copyOf(serverTypes);
    images = List.copyOf(images);
    sshKeys = List.copyOf(sshKeys);
  }

  /**
   * What machines are attached to.
   *
   * @param ipv4 whether they have a public address of the old kind, which costs extra
   * @param networks the numbers of private networks
   * @param firewalls the numbers of firewalls
   */
  record Network(boolean ipv4, boolean ipv6, List<Long> networks, List<Long> firewalls) {
    Network {
      networks = List.copyOf(networks);
      firewalls = List.copyOf(firewalls);
    }
  }

  /** A token of a project. */
  record Token(String value) {
    @Override
    public String toString() {
      return "a token";
    }
  }
}
