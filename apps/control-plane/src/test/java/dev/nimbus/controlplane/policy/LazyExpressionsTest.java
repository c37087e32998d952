package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Expressions cost nothing until a rule has one. */
final class LazyExpressionsTest {
  @Test
  void aPolicyWithoutExpressionsNeedsNoneOfTheirClasses() throws Exception {
    assertThat(
            read("{deny_labels: [gpu], block_title_patterns: [x], rules: [{id: a, labels: [b]}]}"))
        .isEqualTo("Good");
  }

  @Test
  void aPolicyWithAnExpressionDoes() throws Exception {
    assertThat(read("rules: [{id: a, when: 'true'}]")).contains("NoClassDefFoundError: dev/cel/");
  }

  /** Reads a policy where the library of expressions is missing; says what came of it. */
  private static String read(String policy) throws Exception {
    var document = new WithoutExpressions().loadClass(PolicyDocument.class.getName());
    var of = document.getMethod("of", String.class, byte[].class);
    try {
      var reading = of.invoke(null, "p.yaml", policy.getBytes(StandardCharsets.UTF_8));
      return reading.getClass().getSimpleName();
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause());
    }
  }

  /** Loads the policy package anew, and knows no class of the library. */
  private static final class WithoutExpressions extends ClassLoader {
    private static final String OURS = "dev.nimbus.controlplane.policy.";

    WithoutExpressions() {
      super(WithoutExpressions.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.cel.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith(OURS) ? ours(name) : super.loadClass(name, resolve);
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
      var loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        var code = java.util.Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
