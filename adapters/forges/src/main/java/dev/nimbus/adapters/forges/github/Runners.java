package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Pages;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.id.RunnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The runners GitHub knows. */
final class Runners {
  private static final String OURS = "nimbus-";
  private static final int LONGEST_NAME = 128;

  private final ForgeApi api;
  private final Settings settings;

  Runners(ForgeApi api, Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /** Those whose name says that they are ours. */
  List<ForgeRunner> ours(RunnerScope scope) {
    var found = new ArrayList<ForgeRunner>();
    pages(
        scope.runners() + "?per_page=100",
        Purpose.POLL,
        page -> {
          page.forEach(runner -> ours(runner).ifPresent(found::add));
          return true;
        });
    return found;
  }

  /** Deletes a runner; GitHub itself knows whether it is busy. */
  Retired retire(RunnerName name, RunnerScope scope) {
    var id = find(name, scope);
    if (id.isEmpty()) {
      return Retired.GONE;
    }
    var path = scope.runners() + "/" + id.getAsLong();
    var reply = api.send(Call.delete(path, Purpose.RETIRE));
    return switch (reply.status()) {
      case 204, 404 -> Retired.GONE;
      case 422 -> Retired.BUSY;
      default -> throw reply.refusal("delete runner '" + name + "'");
    };
  }

  /** Asks by name; a GitHub that does not know the filter answers with all. */
  private OptionalLong find(RunnerName name, RunnerScope scope) {
    var found = new ArrayList<Long>();
    pages(
        scope.runners() + "?per_page=100&name=" + Call.segment(name.value()),
        Purpose.RETIRE,
        page -> {
          page.stream()
              .filter(runner -> name.value().equals(runner.name()) && runner.id() != null)
              .forEach(runner -> found.add(runner.id()));
          return found.isEmpty();
        });
    return found.stream().mapToLong(Long::longValue).findFirst();
  }

  private void pages(String path, Purpose purpose, Predicate<List<Wire.Runner>> more) {
    new Pages(api, settings.api())
        .each(
            Call.get(path, purpose),
            reply -> {
              if (reply.status() == 404) {
                throw new NimbusException(
                    Kind.DENIED,
                    "Cannot list the runners at %s: it does not exist, or the credential may not see it"
                        .formatted(path));
              }
              if (!reply.ok()) {
                throw reply.refusal("list runners at " + path);
              }
              return more.test(Wire.all(reply.json(Wire.Runners.class).runners()));
            });
  }

  private static Optional<ForgeRunner> ours(Wire.Runner runner) {
    var text = Wire.text(runner.name());
    var id = runner.id();
    if (!text.startsWith(OURS) || text.length() > LONGEST_NAME || id == null) {
      return Optional.empty();
    }
    var name = new RunnerName(text);
    var online = "online".equals(runner.status());
    var busy = Boolean.TRUE.equals(runner.busy());
    return name.sandbox().map(_ -> new ForgeRunner(Long.toString(id), name, online, busy));
  }
}
