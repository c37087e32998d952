package dev.nimbus.bench;

import java.io.IOException;
import java.util.List;

/** Whole commands, one after the other. */
final class Timed {
  private Timed() {}

  /** Runs a command that must succeed; returns how long it took, in milliseconds. */
  static double run(List<String> command) throws IOException, InterruptedException {
    var began = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    var code = process.waitFor();
    if (code != 0) {
      throw new IOException("Exit code " + code + " of " + command);
    }
    return (System.nanoTime() - began) / 1e6;
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  static double percentile(List<Double> values, double part) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
  }
}
