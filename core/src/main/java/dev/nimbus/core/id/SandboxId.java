package dev.nimbus.core.id;

/** One sandbox on one host: a job under one fence. */
public record SandboxId(JobId job, Fence fence) {
  /** The name used for folders, cgroups and processes: {@code <job>.<fence>}. */
  public String name() {
    return job.value() + "." + fence.value();
  }

  /** Reads what {@link #name} wrote. */
  public static SandboxId parse(String name) {
    var dot = name.lastIndexOf('.');
    if (dot < 1) {
      throw new IllegalArgumentException("Not a sandbox name: '" + name + "'");
    }
    try {
      return new SandboxId(
          new JobId(name.substring(0, dot)), new Fence(Long.parseLong(name.substring(dot + 1))));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a sandbox name: '" + name + "'", e);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
