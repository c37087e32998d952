package dev.nimbus.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a user of the launcher waits for, and what a daemon that nobody uses costs. */
final class Commands {
  private static final int WARMUP = 10;
  private static final List<String> BARE = List.of("true");

  private Commands() {}

  /** {@code nimbus run -- true} against a running daemon, and the bare command, in turns. */
  static void run(int times) throws Exception {
    Launched.build();
    try (var up = Launched.start()) {
      var job = Launched.command("run", "--home", up.home().toString(), "--", "true");
      for (var i = 0; i < WARMUP; i++) {
        Timed.run(job);
      }
      var jobs = new ArrayList<Double>();
      var bare = new ArrayList<Double>();
      var client = Cpu.endedChildrenMicros();
      var daemon = up.cpuMillis();
      for (var i = 0; i < times; i++) {
        jobs.add(Timed.run(job));
        bare.add(Timed.run(BARE));
      }
      client = (Cpu.endedChildrenMicros() - client) / 1e3 / times;
      daemon = (up.cpuMillis() - daemon) / times;
      var table = new Table("one command", "median ms", "p90 ms", "CPU ms");
      table.row("nimbus run -- true", Timed.median(jobs), Timed.percentile(jobs, 0.9), client);
      table.row("true", Timed.median(bare), Timed.percentile(bare, 0.9), Double.NaN);
      table.row("over the bare command", Timed.median(jobs) - Timed.median(bare));
      table.row("of that, CPU of daemon and sandbox", Double.NaN, Double.NaN, daemon);
      table.print();
    }
  }

  /** How long {@code nimbus up} takes to be ready, and what it holds when idle. */
  static void up(int starts, int idleSeconds) throws Exception {
    Launched.build();
    var ready = new ArrayList<Double>();
    for (var i = 0; i < starts; i++) {
      try (var up = Launched.start()) {
        ready.add(up.readyMillis());
      }
    }
    var table = new Table("nimbus up", "median", "worst");
    table.row("ready, ms", Timed.median(ready), Timed.percentile(ready, 1));
    try (var up = Launched.start()) {
      idle(up, idleSeconds);
      table.row("idle, PSS in MiB", up.pssMebibytes());
      for (var i = 0; i < WARMUP; i++) {
        Timed.run(Launched.command("run", "--home", up.home().toString(), "--", "true"));
      }
      var cpu = up.cpuMillis();
      idle(up, idleSeconds);
      table.row("idle after %d jobs, PSS in MiB".formatted(WARMUP), up.pssMebibytes());
      table.row("idle, CPU ms per second", (up.cpuMillis() - cpu) / idleSeconds);
    }
    table.print();
  }

  private static void idle(Launched up, int seconds) throws IOException {
    var until = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < until) {
      if (!up.process().isAlive()) {
        throw new IOException("nimbus up ended by itself");
      }
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
