package dev.nimbus.adapters.gcp;

/** By which credentials an account is used. */
sealed interface Access {
  /**
   * A key of a service account.
   *
   * @param privateKey PKCS 8, in PEM
   * @param tokenUri where tokens are asked for with it
   */
  record Key(String email, String id, String privateKey, String tokenUri) implements Access {
    @Override
    public String toString() {
      return "key %s of %s".formatted(id, email);
    }
  }

  /** Those of the machine the control plane runs on: its environment, its files, its account. */
  record OfThisMachine() implements Access {}
}
