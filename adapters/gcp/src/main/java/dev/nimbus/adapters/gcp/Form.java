package dev.nimbus.adapters.gcp;

/** What names look like at Google, as regular expressions. */
final class Form {
  /** Of a machine, an image, a network. */
  static final String NAME = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** Of a project, also one of a domain. */
  static final String PROJECT = "(?:[a-z0-9.-]{1,63}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]";

  /** Such as {@code europe-west3}. */
  static final String REGION = "[a-z]{2,20}-[a-z]{2,20}\\d{1,2}";

  /** Such as {@code europe-west3-a}. */
  static final String ZONE = REGION + "-[a-z][a-z0-9]{0,4}";

  /** Such as {@code n2-standard-4}. */
  static final String TYPE = "[a-z][a-z0-9-]{1,62}";

  /** The longest value of a label. */
  static final int LABEL = 63;

  private Form() {}
}
