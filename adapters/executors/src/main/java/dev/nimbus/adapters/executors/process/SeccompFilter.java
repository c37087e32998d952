package dev.nimbus.adapters.executors.process;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The seccomp filter of every job, as classic BPF in the layout the kernel reads: a list of calls
 * that fail with EPERM, everything else is allowed. New namespaces are refused, calls of another
 * processor or of the x32 interface end the process or fail, and sockets to the hypervisor, which
 * no network namespace holds back, cannot be made.
 */
final class SeccompFilter {
  private static final int LOAD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_GREATER_EQUAL = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER = 0;
  private static final int ARCH = 4;
  private static final int FIRST_ARGUMENT = 16;
  private static final int SECOND_ARGUMENT = 24;

  private static final int ALLOW = 0x7FFF0000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int FAIL = 0x00050000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;

  private static final int X32_BIT = 0x40000000;

  /** NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
  private static final int NEW_NAMESPACES = 0x7E020000;

  private static final int AF_VSOCK = 40;
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541C;

  /** One instruction; offsets count instructions after the next one. */
  private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  private final List<Instruction> program = new ArrayList<>();

  private SeccompFilter() {}

  /** The filter for a processor; no bytes at all for one we have no numbers for. */
  static byte[] bytes(String architecture) {
    return Syscalls.of(architecture).map(SeccompFilter::assemble).orElse(new byte[0]);
  }

  private static byte[] assemble(Syscalls calls) {
    var filter = new SeccompFilter();
    filter.load(ARCH);
    filter.unless(JUMP_EQUAL, calls.auditArch(), KILL_PROCESS);
    filter.load(NUMBER);
    filter.when(JUMP_GREATER_EQUAL, X32_BIT, FAIL | ENOSYS);
    calls.denied().forEach(number -> filter.when(JUMP_EQUAL, number, FAIL | EPERM));
    filter.when(JUMP_EQUAL, calls.clone3(), FAIL | ENOSYS);
    filter.argument(calls.cloneCall(), FIRST_ARGUMENT, JUMP_ANY_BIT, NEW_NAMESPACES);
    filter.argument(calls.socket(), FIRST_ARGUMENT, JUMP_EQUAL, AF_VSOCK);
    filter.argument(calls.ioctl(), SECOND_ARGUMENT, JUMP_EQUAL, TIOCSTI);
    filter.argument(calls.ioctl(), SECOND_ARGUMENT, JUMP_EQUAL, TIOCLINUX);
    filter.add(RETURN, 0, 0, ALLOW);
    return filter.encoded();
  }

  private void load(int offset) {
    add(LOAD, 0, 0, offset);
  }

  /** Returns the verdict when the loaded value fits the test. */
  private void when(int test, int value, int verdict) {
    add(test, 0, 1, value);
    add(RETURN, 0, 0, verdict);
  }

  private void unless(int test, int value, int verdict) {
    add(test, 1, 0, value);
    add(RETURN, 0, 0, verdict);
  }

  /**
   * Fails a call when one of its arguments fits the test; the number is loaded before and after.
   */
  private void argument(int number, int offset, int test, int value) {
    add(JUMP_EQUAL, 0, 4, number);
    load(offset);
    when(test, value, FAIL | EPERM);
    load(NUMBER);
  }

  private void add(int code, int ifTrue, int ifFalse, int value) {
    program.add(new Instruction(code, ifTrue, ifFalse, value));
  }

  private byte[] encoded() {
    var bytes = new ByteArrayOutputStream();
    for (var instruction : program) {
      var cell =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort((short) instruction.code())
              .put((byte) instruction.ifTrue())
              .put((byte) instruction.ifFalse())
              .putInt(instruction.value());
      bytes.writeBytes(cell.array());
    }
    return bytes.toByteArray();
  }
}
