package dev.nimbus.adapters.executors.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Small files that may come and go under us: those of the kernel and of ended sandboxes. */
final class KernelFile {
  private KernelFile() {}

  /** The text of the file; empty when it cannot be read. */
  static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first number in the file, or zero. A limit that is not a number reads as zero too. */
  static long number(Path file) {
    return read(file).map(String::strip).map(KernelFile::parsed).orElse(0L);
  }

  /** The number after a word at the start of a line, or zero. */
  static long number(Path file, String word) {
    return read(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(word + " "))
        .mapToLong(line -> parsed(line.substring(word.length() + 1).strip()))
        .findFirst()
        .orElse(0L);
  }

  /** Writes to a file that exists already. */
  static void write(Path file, String value) throws IOException {
    Files.writeString(file, value, StandardOpenOption.WRITE);
  }

  private static long parsed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
