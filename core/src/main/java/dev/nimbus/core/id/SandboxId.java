package dev.nimbus.core.id;

/** One sandbox on one host: a job under one fence. */
public record SandboxId(JobId job, Fence fence) {
  /** The name used for folders, cgroups and processes: {@code <job>.<fence>}. */
  public String name() {
    return job.value() + "." + fence.value();
  }

  /** Reads what {@link #name} wrote, and nothing else. */
  public static SandboxId parse(String name) {
    var dot = name.lastIndexOf('.');
    try {
      var job = new JobId(name.substring(0, Math.max(dot, 0)));
      var sandbox = new SandboxId(job, new Fence(Long.parseLong(name.substring(dot + 1))));
      if (sandbox.name().equals(name)) {
        return sandbox;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Not a sandbox name: '" + name + "'", e);
    }
    throw new IllegalArgumentException("Not a sandbox name: '" + name + "'");
  }

  @Override
  public String toString() {
    return name();
  }
}
