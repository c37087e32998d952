package dev.nimbus.adapters.kubernetes;

import java.nio.file.Path;

/**
 * Where an API server is, and by what it believes us.
 *
 * @param server such as {@code https://10.0.0.1:6443}
 * @param authorities who may have signed its certificate, in PEM; empty for those Java knows
 */
record Access(String server, String authorities, Proof proof) {
  /** By what the server knows who asks. */
  sealed interface Proof {
    /** A token as it is, of a service account mostly. */
    record Token(String value) implements Proof {
      @Override
      public String toString() {
        return "a token";
      }
    }

    /** A file that holds the token of now, and another one later. */
    record TokenFile(Path file) implements Proof {}
  }
}
