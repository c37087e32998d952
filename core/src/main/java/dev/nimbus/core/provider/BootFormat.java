package dev.nimbus.core.provider;

/** How a machine is told what to run at its first start. */
public enum BootFormat {
  /** {@code #cloud-config}, read by cloud-init. */
  CLOUD_CONFIG,
  /** A POSIX shell script, run as root. */
  SHELL,
  /** {@code <powershell>} text, as Windows images of AWS read it. */
  POWERSHELL
}
