package dev.nimbus.adapters.aws;

/** By which credentials an account is used. */
sealed interface Access {
  /**
   * A key of IAM.
   *
   * @param sessionToken that goes with keys made for some hours; empty otherwise
   */
  record Keys(String id, String secret, String sessionToken) implements Access {
    @Override
    public String toString() {
      return "key " + id;
    }
  }

  /** Those of the machine the control plane runs on: its environment, its files, its role. */
  record OfThisMachine() implements Access {}

  /**
   * Those of a role, which are asked for with others.
   *
   * @param externalId that the role's owner wants to hear; empty for none
   */
  record Role(Access by, String arn, String externalId) implements Access {}
}
