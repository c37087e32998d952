package dev.nimbus.testkit.provider.aws;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Gives tests a {@link Moto}: one for all, for it takes seconds to start. */
public final class WithMoto implements TestInstancePreConstructCallback, ParameterResolver {
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    moto(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Moto.class);
  }

  @Override
  public Moto resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return moto(context);
  }

  private static Moto moto(ExtensionContext context) {
    return store(context).computeIfAbsent(Moto.class, _ -> Moto.start(), Moto.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(Namespace.create(WithMoto.class));
  }
}
