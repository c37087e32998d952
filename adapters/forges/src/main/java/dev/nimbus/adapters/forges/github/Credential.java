package dev.nimbus.adapters.forges.github;

import java.security.PrivateKey;

/** How a connection proves who it is. */
sealed interface Credential {
  /**
   * A GitHub App.
   *
   * @param issuer its id or client id
   * @param installation the id of its installation at the owner; empty to look it up
   */
  record App(String issuer, PrivateKey key, String installation) implements Credential {
    @Override
    public String toString() {
      return "app " + issuer;
    }
  }

  /** A person's token, classic or fine-grained. */
  record Token(String value) implements Credential {
    @Override
    public String toString() {
      return "a token";
    }
  }
}
