package dev.nimbus.e2e.crash;

import dev.nimbus.e2e.system.Cli;
import dev.nimbus.e2e.system.Running;

/** One service that can be killed, and started again as it was. Not thread-safe. */
final class Service {
  private final String name;
  private final Cli cli;
  private Running life;

  private Service(String name, Cli cli) {
    this.name = name;
    this.cli = cli;
    this.life = cli.start(name);
  }

  static Service start(String name, Cli cli) {
    return new Service(name, cli);
  }

  /** {@code kill -9}. */
  void kill() {
    life.kill();
  }

  void startAgain() {
    life = cli.start(name);
  }

  void awaitReady() {
    var _ = life.awaitReady();
  }

  /** Stops it gracefully; gives its exit code. */
  int stop() {
    return life.stop();
  }

  boolean alive() {
    return life.process().isAlive();
  }

  /** Ends it when it still runs. */
  void end() {
    if (alive()) {
      life.kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
