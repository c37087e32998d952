package dev.nimbus.service.http;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.WebServer;
import java.util.List;

/** A router that knows nothing but the kernel. */
final class OneRouter implements Router {
  private final Kernel kernel;

  OneRouter(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public <T extends Routing> T routing(Class<T> type, T otherwise) {
    return type.isInstance(kernel) ? type.cast(kernel) : otherwise;
  }

  @Override
  public List<? extends Routing> routings() {
    return List.of(kernel);
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStart(WebServer server) {}

  @Override
  public void afterStop() {}
}
