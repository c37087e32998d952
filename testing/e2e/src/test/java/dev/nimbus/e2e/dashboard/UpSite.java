package dev.nimbus.e2e.dashboard;

import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.e2e.system.Machine;
import dev.nimbus.service.time.Ids;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything as {@code nimbus up} runs it. */
final class UpSite implements Site {
  private final Machine machine;

  private UpSite(Machine machine) {
    this.machine = machine;
  }

  static UpSite start(Path folder) {
    return new UpSite(Machine.start(folder));
  }

  @Override
  public URI base() {
    return machine.url().resolve("/");
  }

  @Override
  public URI signInLink() {
    return base().resolve(machine.client().signInLink().path());
  }

  @Override
  public String submit(List<String> command, List<String> labels) {
    var job =
        new SubmitJob(command, Map.of(), labels, null, null, 0.1, 64L << 20, null, null, Map.of());
    return machine.client().submit(job, Ids.random().next("up")).id();
  }

  @Override
  public void close() {
    machine.close();
  }
}
