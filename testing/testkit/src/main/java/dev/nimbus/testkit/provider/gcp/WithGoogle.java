package dev.nimbus.testkit.provider.gcp;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Gives tests {@link Google}: one for all, for its descriptions are long. */
public final class WithGoogle implements TestInstancePreConstructCallback, ParameterResolver {
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    google(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Google.class);
  }

  @Override
  public Google resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return google(context);
  }

  private static Google google(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(WithGoogle.class))
        .computeIfAbsent(Google.class, _ -> Google.read(), Google.class);
  }
}
