package dev.nimbus.service.time;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The boot clock as the kernel shows it. */
final class KernelBootClock implements BootClock {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  @Override
  public Moment now() {
    return new Moment(read(BOOT_ID).strip(), since(read(UPTIME)));
  }

  /** Reads the first of the two numbers in the text, seconds with two decimals. */
  static Duration since(String uptime) {
    var seconds = uptime.strip().split(" ", -1)[0];
    try {
      return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot tell the time since the start: not seconds: '" + seconds + "'",
          e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot tell the time since the start of this machine from '" + file + "'",
          e);
    }
  }
}
