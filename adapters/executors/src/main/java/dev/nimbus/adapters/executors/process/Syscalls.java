package dev.nimbus.adapters.executors.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of the system calls the filter knows, for one processor.
 *
 * @param auditArch the number by which the kernel names the processor in a filter
 * @param denied calls no job may make at all
 */
record Syscalls(
    int auditArch, int cloneCall, int clone3, int socket, int ioctl, List<Integer> denied) {
  /**
   * Calls that reach for another process, the mounts, the namespaces, the kernel's own code or
   * memory, keyrings, clocks or swap, with their numbers on x86_64 and aarch64. A dash where the
   * processor has no such call.
   */
  private static final String DENIED =
      """
      acct               163  89
      add_key            248 217
      bpf                321 280
      chroot             161  51
      clock_settime      227 112
      create_module      174   -
      delete_module      176 106
      fanotify_init      300 262
      finit_module       313 273
      fsconfig           431 431
      fsmount            432 432
      fsopen             430 430
      fspick             433 433
      get_kernel_syms    177   -
      init_module        175 105
      io_uring_enter     426 426
      io_uring_register  427 427
      io_uring_setup     425 425
      ioperm             173   -
      iopl               172   -
      kcmp               312 272
      kexec_file_load    320 294
      kexec_load         246 104
      keyctl             250 219
      lookup_dcookie     212  18
      mount              165  40
      mount_setattr      442 442
      move_mount         429 429
      nfsservctl         180  42
      open_by_handle_at  304 265
      open_tree          428 428
      open_tree_attr     467 467
      perf_event_open    298 241
      pidfd_getfd        438 438
      pivot_root         155  41
      process_vm_readv   310 270
      process_vm_writev  311 271
      ptrace             101 117
      query_module       178   -
      quotactl           179  60
      quotactl_fd        443 443
      reboot             169 142
      request_key        249 218
      setdomainname      171 162
      sethostname        170 161
      setns              308 268
      settimeofday       164 170
      swapoff            168 225
      swapon             167 224
      _sysctl            156   -
      syslog             103 116
      umount2            166  39
      unshare            272  97
      uselib             134   -
      userfaultfd        323 282
      vhangup            153  58
      """;

  private static final Map<String, Syscalls> KNOWN =
      Map.of(
          "x86_64", new Syscalls(0xC000003E, 56, 435, 41, 16, column(1)),
          "aarch64", new Syscalls(0xC00000B7, 220, 435, 198, 29, column(2)));

  Syscalls {
    denied = List.copyOf(denied);
  }

  /** The numbers for a processor; empty for one nobody wrote them down for. */
  static Optional<Syscalls> of(String architecture) {
    return Optional.ofNullable(KNOWN.get(architecture));
  }

  private static List<Integer> column(int index) {
    var numbers = new ArrayList<Integer>();
    DENIED
        .lines()
        .map(line -> line.split(" +", -1)[index])
        .filter(word -> !word.equals("-"))
        .forEach(word -> numbers.add(Integer.valueOf(word)));
    return numbers;
  }
}
