package dev.nimbus.testkit.provider.kubernetes;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Gives tests a {@link KubePeer}: one for all, for it takes seconds to start. */
public final class WithKubePeer implements TestInstancePreConstructCallback, ParameterResolver {
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    peer(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(KubePeer.class);
  }

  @Override
  public KubePeer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return peer(context);
  }

  private static KubePeer peer(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(WithKubePeer.class))
        .computeIfAbsent(KubePeer.class, _ -> KubePeer.start(), KubePeer.class);
  }
}
