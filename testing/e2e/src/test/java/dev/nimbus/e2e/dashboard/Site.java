package dev.nimbus.e2e.dashboard;

import java.net.URI;
import java.util.List;

/** A running Nimbus the dashboard is tested against. */
interface Site extends AutoCloseable {
  /** Where the dashboard is, ending in a slash. */
  URI base();

  /** A fresh link that signs a browser in, once. */
  URI signInLink();

  /**
   * Submits a job and gives its id. With the label {@link #NOWHERE} no host ever takes it;
   * otherwise it runs at once.
   */
  String submit(List<String> command, List<String> labels);

  /** A label that no host of this site has. */
  String NOWHERE = "no-such-host";

  @Override
  void close();
}
