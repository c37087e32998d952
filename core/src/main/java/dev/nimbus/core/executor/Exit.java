package dev.nimbus.core.executor;

/** How the first process of a sandbox ended. */
public sealed interface Exit {
  /** By itself, or by a signal, which shells and we count as 128 plus its number. */
  record Exited(int code) implements Exit {}

  /** The kernel killed it for using more memory than it may. */
  record OutOfMemory() implements Exit {}

  /** It was ended for having written more to disk than it may. */
  record OverDisk(long limitBytes) implements Exit {}

  /** It never ran, or the sandbox itself broke. */
  record Crashed(String why) implements Exit {}
}
