package dev.nimbus.hostagent;

import dev.nimbus.hostagent.runner.RunnerDownload;
import dev.nimbus.hostagent.runner.RunnerDownloads;
import java.util.List;

/**
 * Brings the programs of runners while the agent already works, for they may take long and jobs
 * that run must not wait for them. Ending it leaves out what is not here yet.
 */
final class RunnerSupply implements AutoCloseable {
  private final Thread bringing;

  private RunnerSupply(Thread bringing) {
    this.bringing = bringing;
  }

  /** Begins to bring them; {@code brought} is told of each that is here. */
  static RunnerSupply start(
      RunnerDownloads downloads, List<RunnerDownload> wanted, Runnable brought) {
    return new RunnerSupply(
        Thread.ofVirtual().name("runner-supply").start(() -> downloads.bring(wanted, brought)));
  }

  @Override
  public void close() {
    bringing.interrupt();
    try {
      bringing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
