package dev.nimbus.adapters.azure;

/** By which credentials an account is used. */
sealed interface Access {
  /** A secret of an application in a directory. */
  record Secret(String tenant, String client, String secret) implements Access {
    @Override
    public String toString() {
      return "application " + client;
    }
  }

  /**
   * The managed identity of the machine the control plane runs on.
   *
   * @param client which of its identities; empty for the one it has of its own
   */
  record OfThisMachine(String client) implements Access {
    @Override
    public String toString() {
      return "the identity of this machine";
    }
  }
}
