package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.SetWorld.Set;
import dev.nimbus.testkit.forge.github.World.Runner;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls about the runners of scale sets, which are called agents there. */
final class AgentCalls {
  private static final String AGENTS = "/_apis/distributedtask/pools/0/agents";
  private static final String AGENT = AGENTS + "/(\\d+)";

  private final World world;

  AgentCalls(World world) {
    this.world = world;
  }

  void addTo(Tenant tenant) {
    tenant.forSet("POST", Tenant.SET + "/generatejitconfig", this::mint);
    tenant.forAdmins("GET", AGENTS, (call, _) -> list(call));
    tenant.forAdmins("GET", AGENT, this::show);
    tenant.forAdmins("DELETE", AGENT, this::remove);
  }

  private Answer mint(Tenanted call, Set set) {
    var name = String.valueOf(call.json(NewRunner.class).name());
    if (world.runners().stream().anyMatch(runner -> runner.name.equals(name))) {
      return Tenant.problem(409, "AgentExistsException", "Runner " + name + " already exists.");
    }
    var runner = world.addRunner(set.scope, name, set.group, set.id);
    var config = new JitConfig(runner.id, runner.key).encoded();
    return Answer.of(200, Map.of("runner", shape(runner), "encodedJITConfig", config));
  }

  private Answer list(Tenanted call) {
    var found =
        world.runners().stream()
            .filter(runner -> runner.name.equals(call.parameter("agentName")))
            .map(AgentCalls::shape)
            .toList();
    return Answer.of(200, Map.of("count", found.size(), "value", found));
  }

  private Answer show(Tenanted call, String scope) {
    return world
        .runner(scope, call.word(1))
        .map(runner -> Answer.of(200, shape(runner)))
        .orElseGet(AgentCalls::noRunner);
  }

  private Answer remove(Tenanted call, String scope) {
    var runner = world.runner(scope, call.word(1));
    if (runner.isEmpty()) {
      return noRunner();
    }
    if (runner.get().job != null) {
      return Tenant.problem(400, "JobStillRunningException", "The job is still running");
    }
    world.delete(runner.get());
    return Answer.empty(204);
  }

  private static Answer noRunner() {
    return Tenant.problem(404, "AgentNotFoundException", "No such runner");
  }

  private static Map<String, Object> shape(Runner runner) {
    return Map.of("id", runner.id, "name", runner.name, "runnerScaleSetId", runner.set);
  }

  record NewRunner(@Nullable String name) {}
}
