package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.testkit.executor.ExecutorContract;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract, kept by real sandboxes of one launcher. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProcessExecutorContract extends ExecutorContract {
  private final LauncherKind kind;
  private final boolean ordinary;
  private @Nullable Rig rig;

  /**
   * @param ordinary whether to take the ways of an agent that is not root
   */
  ProcessExecutorContract(LauncherKind kind, boolean ordinary) {
    this.kind = kind;
    this.ordinary = ordinary;
  }

  @BeforeAll
  void open() throws IOException {
    rig = Rig.open(kind, ordinary);
  }

  @AfterAll
  void remove() {
    if (rig != null) {
      rig.close();
    }
  }

  @Override
  protected Executor executor() {
    return rig().executor();
  }

  @Override
  protected Executor nextLife() {
    return rig().another();
  }

  private Rig rig() {
    var open = rig;
    if (open == null) {
      throw new IllegalStateException("The rig is not open");
    }
    return open;
  }

  @Override
  protected List<String> printing(String text, int code) {
    return List.of("sh", "-c", "printf %s \"$1\"; exit $2", "sh", text, Integer.toString(code));
  }

  @Override
  protected List<String> waiting(String text) {
    return List.of("sh", "-c", "printf %s \"$1\"; sleep 1000", "sh", text);
  }

  @Override
  protected List<String> stubborn(String text) {
    return List.of(
        "sh", "-c", "trap '' TERM; printf %s \"$1\"; while :; do sleep 1; done", "sh", text);
  }

  @Override
  protected List<String> filling() {
    return List.of("sh", "-c", "head -c 12m /dev/zero >f; sleep 1000");
  }

  @Override
  protected List<String> showing(String file, String variable) {
    var path = Equipment.FILES + "/" + file;
    return List.of("sh", "-c", "cat \"$1\"; printenv \"$2\" | head -c -1", "sh", path, variable);
  }

  @Override
  protected List<String> greedy() {
    return List.of("sh", "-c", "head -c 256m /dev/zero | tail");
  }
}
