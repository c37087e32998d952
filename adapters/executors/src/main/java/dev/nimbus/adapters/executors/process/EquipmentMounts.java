package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.executor.Equipment.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the equipment of a sandbox is: in a folder in memory that is a mount of the sandbox alone,
 * so that nothing of it is left when the sandbox ends, however that happens. The job's own script
 * writes the files, as the job's user.
 */
final class EquipmentMounts {
  /** Empty in the skeleton; what is mounted below it has no mount points there. */
  private static final Path FOLDER = Path.of("/run/nimbus");

  private static final Path PROGRAM = Path.of(Equipment.PROGRAM);

  /** More than all files together may take, and what a program keeps beside them. */
  private static final long FILES_BYTES = 4L << 20;

  /** For what a program writes beside itself. */
  private static final long PROGRAM_BYTES = 32L << 20;

  private EquipmentMounts() {}

  /**
   * What to mount, in this order.
   *
   * @param bounded whether folders in memory can be given a size
   */
  static List<Mount> of(SandboxFiles files, Equipment equipment, boolean bounded) {
    if (!equipment.placed()) {
      return List.of();
    }
    var mounts = new ArrayList<Mount>();
    mounts.add(new Mount.Memory(FOLDER, bounded ? FILES_BYTES : 0));
    switch (equipment.program()) {
      case Program.Absent() -> {}
      case Program.Shared(var folder) -> mounts.add(new Mount.Programs(folder, PROGRAM));
      case Program.Own own -> {
        mounts.add(new Mount.Memory(PROGRAM, bounded ? PROGRAM_BYTES : 0));
        mounts.addAll(inside(files, own));
      }
    }
    return List.copyOf(mounts);
  }

  /** Whether a mount point must be made. */
  static boolean missing(Path target) {
    return target.startsWith(FOLDER) && !target.equals(FOLDER);
  }

  private static List<Mount> inside(SandboxFiles files, Program.Own own) {
    var mounts = new ArrayList<Mount>();
    for (var shown : own.shown().entrySet()) {
      mounts.add(new Mount.Programs(shown.getValue(), PROGRAM.resolve(shown.getKey())));
    }
    for (var name : own.roomy()) {
      mounts.add(new Mount.Writable(files.workspace().resolve(name), PROGRAM.resolve(name)));
    }
    return mounts;
  }
}
