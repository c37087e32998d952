package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ends a process, as it were, at one call of the store of machines or of a provider. */
final class Crashing {
  private final int at;
  private final boolean after;
  private int calls;

  /**
   * At the call of this number, from 1 on.
   *
   * @param after whether what is called has its effect first, and only the answer is lost
   */
  Crashing(int at, boolean after) {
    this.at = at;
    this.after = after;
  }

  /** How many calls there were. */
  int calls() {
    return calls;
  }

  Storage storage(Storage real) {
    var machines = wrapped(MachineStore.class, real.machines());
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (_, method, arguments) -> {
              if (method.getName().equals("machines")) {
                return machines;
              }
              return answer(real, method, arguments);
            });
  }

  Provider provider(Provider real) {
    return wrapped(Provider.class, real);
  }

  private <T> T wrapped(Class<T> kind, T real) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (_, method, arguments) -> {
              calls++;
              if (calls == at && !after) {
                throw new Crash(method.getName());
              }
              var answer = answer(real, method, arguments);
              if (calls == at) {
                throw new Crash(method.getName());
              }
              return answer;
            }));
  }

  private static Object answer(Object real, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The end of a process: nothing catches it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String during) {
      super(during);
    }
  }
}
