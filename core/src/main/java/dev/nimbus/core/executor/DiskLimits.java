package dev.nimbus.core.executor;

/**
 * How much a job may write.
 *
 * @param workspaceBytes to disk; what goes beyond ends the job. Zero for no limit
 * @param temporaryBytes to its temporary folder, which then is full, and which is kept in memory;
 *     zero to keep it on the disk too, with the workspace
 */
public record DiskLimits(long workspaceBytes, long temporaryBytes) {
  public static final DiskLimits NONE = new DiskLimits(0, 0);

  public DiskLimits {
    if (workspaceBytes < 0 || temporaryBytes < 0) {
      throw new IllegalArgumentException(
          "A disk limit cannot be negative: " + workspaceBytes + ", " + temporaryBytes);
    }
  }
}
