package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Exit;

/** Reads how a sandbox ended from what its supervisor left. */
final class Ending {
  /** What is in the code file until there is a code; as long as any code is. */
  static final String NO_CODE = "-       \n";

  /** What is in the setup file from the start, so that it has a place even on a full disk. */
  static final String STARTING = "starting\n";

  /** What is in the disk file from the start, and what once the job is over its limit. */
  static final String WITHIN = "within\n";

  static final String OVER = "over  \n";

  private static final String READY = "ready";

  private Ending() {}

  /** Whether the setup came so far that the job could begin. */
  static boolean begun(String setup) {
    return setup.lines().anyMatch(READY::equals);
  }

  /**
   * @param code the text of the code file
   * @param setup the text of the setup file
   * @param outOfMemoryKills how many of its processes the kernel killed for memory
   */
  static Exit of(String code, String setup, long outOfMemoryKills) {
    var failed = !code.strip().equals("0");
    if (failed && outOfMemoryKills > 0) {
      return new Exit.OutOfMemory();
    }
    if (!begun(setup)) {
      return new Exit.Crashed("the sandbox could not be set up: " + said(setup));
    }
    if (!code.strip().matches("[0-9]{1,3}")) {
      return new Exit.Crashed("its supervisor ended without leaving an exit code");
    }
    return new Exit.Exited(Integer.parseInt(code.strip()));
  }

  private static String said(String setup) {
    var text = setup.replace(STARTING, "").strip();
    return text.isEmpty() ? "it was killed before it began" : text.replaceAll("\\s*\\n\\s*", "; ");
  }
}
