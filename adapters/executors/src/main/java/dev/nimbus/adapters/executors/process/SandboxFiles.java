package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;

/** The files of one sandbox on the host. All but workspace and temporary are the agent's own. */
record SandboxFiles(Path folder) {
  /** Where the job starts and may write; its home. */
  Path workspace() {
    return folder.resolve("workspace");
  }

  /** What the job sees as {@code /tmp}. */
  Path temporary() {
    return folder.resolve("tmp");
  }

  /** What the job printed. */
  Path console() {
    return folder.resolve("console");
  }

  /** The exit code of the job, {@code -} until there is one. */
  Path code() {
    return folder.resolve("code");
  }

  /** Whether the job was ended for what it had written to disk. */
  Path disk() {
    return folder.resolve("disk");
  }

  /** What setting up the sandbox said; has a line {@code ready} once the job could begin. */
  Path setup() {
    return folder.resolve("setup");
  }

  /** The file systems of the sandbox. */
  Path fstab() {
    return folder.resolve("fstab");
  }

  Path passwd() {
    return folder.resolve("passwd");
  }

  Path group() {
    return folder.resolve("group");
  }

  /** Which boot and which process the supervisor of the sandbox is. */
  Path supervisor() {
    return folder.resolve("supervisor");
  }

  /** What a later life of the agent must know. */
  Path record() {
    return folder.resolve("record");
  }
}
