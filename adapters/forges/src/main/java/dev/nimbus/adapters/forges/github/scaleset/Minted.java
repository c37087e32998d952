package dev.nimbus.adapters.forges.github.scaleset;

import java.time.Instant;

/** What became of a runner made for a scale set. */
public sealed interface Minted {
  /** What its program starts with; holds a private key. */
  record Ready(String runnerId, String config) implements Minted {
    @Override
    public String toString() {
      return "runner " + runnerId;
    }
  }

  /** A runner has this name already. */
  record Taken() implements Minted {}

  /** GitHub asks to be left alone until then. */
  record Later(Instant notBefore, String why) implements Minted {}

  /** Will not work until a person changes something. */
  record Refused(String why) implements Minted {}
}
