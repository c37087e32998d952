package dev.nimbus.testkit.executor;

import dev.nimbus.core.executor.Executor;
import java.util.List;

final class MemoryExecutorTest extends ExecutorContract {
  private final MemoryExecutor executor = new MemoryExecutor();

  @Override
  protected Executor executor() {
    return executor;
  }

  @Override
  protected Executor nextLife() {
    return executor.nextLife();
  }

  @Override
  protected List<String> printing(String text, int code) {
    return List.of("print:" + text, "exit:" + code);
  }

  @Override
  protected List<String> waiting(String text) {
    return List.of("print:" + text, "hang");
  }

  @Override
  protected List<String> stubborn(String text) {
    return List.of("print:" + text, "stubborn");
  }

  @Override
  protected List<String> filling() {
    return List.of("fill");
  }

  @Override
  protected List<String> showing(String file, String variable) {
    return List.of("file:" + file, "variable:" + variable);
  }

  @Override
  protected List<String> greedy() {
    return List.of("oom");
  }
}
