package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the filter as the kernel would. */
final class SeccompFilterTest {
  private static final int ALLOW = 0x7FFF0000;
  private static final int KILL = 0x80000000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int X86_64 = 0xC000003E;
  private static final int AARCH64 = 0xC00000B7;
  private static final int I386 = 0x40000003;

  private static final int NEWUSER = 0x10000000;
  private static final int THREAD_FLAGS = 0x3D0F00;

  @Test
  void ordinaryCallsAreAllowed() {
    for (var number : List.of(0, 1, 2, 9, 16, 41, 56, 57, 59, 61, 105, 157, 257, 302, 436, 439)) {
      assertThat(verdict("x86_64", X86_64, number, 0, 0)).as("call %s", number).isEqualTo(ALLOW);
    }
  }

  @Test
  void dangerousCallsFail() {
    for (var number :
        List.of(101, 165, 166, 155, 272, 308, 321, 298, 323, 248, 250, 246, 175, 425)) {
      assertThat(verdict("x86_64", X86_64, number, 0, 0)).as("call %s", number).isEqualTo(EPERM);
    }
    for (var number : List.of(117, 40, 39, 41, 97, 268, 280, 241, 282, 217, 219, 104, 105, 425)) {
      assertThat(verdict("aarch64", AARCH64, number, 0, 0)).as("call %s", number).isEqualTo(EPERM);
    }
  }

  @Test
  void newThreadsAreAllowedAndNewNamespacesAreNot() {
    assertThat(verdict("x86_64", X86_64, 56, THREAD_FLAGS, 0)).isEqualTo(ALLOW);
    assertThat(verdict("x86_64", X86_64, 56, NEWUSER | 17, 0)).isEqualTo(EPERM);
    assertThat(verdict("aarch64", AARCH64, 220, THREAD_FLAGS, 0)).isEqualTo(ALLOW);
    assertThat(verdict("aarch64", AARCH64, 220, NEWUSER | 17, 0)).isEqualTo(EPERM);
  }

  @Test
  void cloneWithFlagsInMemoryLooksUnknownSoThatLibrariesFallBack() {
    assertThat(verdict("x86_64", X86_64, 435, 0, 0)).isEqualTo(ENOSYS);
    assertThat(verdict("aarch64", AARCH64, 435, 0, 0)).isEqualTo(ENOSYS);
  }

  @Test
  void socketsToTheHypervisorFail() {
    assertThat(verdict("x86_64", X86_64, 41, 40, 1)).isEqualTo(EPERM);
    assertThat(verdict("x86_64", X86_64, 41, 2, 1)).isEqualTo(ALLOW);
    assertThat(verdict("aarch64", AARCH64, 198, 40, 1)).isEqualTo(EPERM);
  }

  @Test
  void typingIntoATerminalFails() {
    assertThat(verdict("x86_64", X86_64, 16, 0, 0x5412)).isEqualTo(EPERM);
    assertThat(verdict("x86_64", X86_64, 16, 0, 0x541C)).isEqualTo(EPERM);
    assertThat(verdict("x86_64", X86_64, 16, 0, 0x5401)).isEqualTo(ALLOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {I386, AARCH64})
  void callsOfAnotherProcessorEndTheProcess(int arch) {
    assertThat(verdict("x86_64", arch, 1, 0, 0)).isEqualTo(KILL);
  }

  @Test
  void theX32InterfaceIsRefused() {
    assertThat(verdict("x86_64", X86_64, 0x40000001, 0, 0)).isEqualTo(ENOSYS);
  }

  @Test
  void anUnknownProcessorHasNoFilter() {
    assertThat(SeccompFilter.bytes("riscv64")).isEmpty();
  }

  /** What the filter answers to a call with these two arguments. */
  private static int verdict(String processor, int arch, int number, int first, int second) {
    var call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    call.putInt(0, number).putInt(4, arch).putInt(16, first).putInt(24, second);
    var program = ByteBuffer.wrap(SeccompFilter.bytes(processor)).order(ByteOrder.LITTLE_ENDIAN);
    var loaded = 0;
    for (var at = 0; at < program.capacity(); at += 8) {
      var code = program.getShort(at);
      var value = program.getInt(at + 4);
      if (code == 0x06) {
        return value;
      }
      if (code == 0x20) {
        loaded = call.getInt(value);
      } else {
        at += 8 * program.get(at + (fits(code, loaded, value) ? 2 : 3));
      }
    }
    throw new AssertionError("The filter has no end");
  }

  private static boolean fits(short code, int loaded, int value) {
    return switch (code) {
      case 0x15 -> loaded == value;
      case 0x35 -> Integer.compareUnsigned(loaded, value) >= 0;
      case 0x45 -> (loaded & value) != 0;
      default -> throw new AssertionError("Not an instruction: " + code);
    };
  }
}
