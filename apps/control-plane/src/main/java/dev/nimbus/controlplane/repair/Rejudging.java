package dev.nimbus.controlplane.repair;

import dev.nimbus.core.forge.Connection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has what waits judged anew when the rules changed, as each forge says it is now. To be used by
 * one thread.
 */
public final class Rejudging {
  private final Supplier<List<Connection>> connections;
  private final Consumer<Connection> judge;
  private String judgedBy;

  /**
   * Nothing is to be judged yet.
   *
   * @param judge told of each connection whose jobs are to be judged
   * @param judgedBy the rules in force at first
   */
  public Rejudging(
      Supplier<List<Connection>> connections, Consumer<Connection> judge, String judgedBy) {
    this.connections = connections;
    this.judge = judge;
    this.judgedBy = judgedBy;
  }

  /**
   * These rules are in force. Where it fails, it is to be said again and goes over all connections.
   */
  public void step(String rules) {
    if (!rules.equals(judgedBy)) {
      connections.get().forEach(judge);
      judgedBy = rules;
    }
  }
}
