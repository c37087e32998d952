package dev.nimbus.adapters.executors.process;

/** The tool that makes the namespaces of a sandbox. */
public enum LauncherKind {
  /** {@code bwrap}, which can also load a seccomp filter. */
  BUBBLEWRAP,
  /** {@code unshare}, {@code mount} and {@code setpriv} of util-linux, which every host has. */
  UNSHARE
}
