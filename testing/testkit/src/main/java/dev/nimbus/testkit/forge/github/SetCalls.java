package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls about scale sets, and the groups they are in. */
final class SetCalls {
  private final SetWorld sets;
  private final SetShapes shapes;

  SetCalls(SetWorld sets, SetShapes shapes) {
    this.sets = sets;
    this.shapes = shapes;
  }

  void addTo(Tenant tenant) {
    tenant.forAdmins("GET", Tenant.SETS, this::list);
    tenant.forAdmins("POST", Tenant.SETS, this::make);
    tenant.forSet("GET", Tenant.SET, (_, set) -> shown(set));
    tenant.forSet("PATCH", Tenant.SET, (_, set) -> shown(set));
    tenant.forSet("DELETE", Tenant.SET, (_, set) -> remove(set));
    tenant.forAdmins("GET", "/_apis/runtime/runnergroups/", (call, _) -> groups(call));
  }

  private Answer list(Tenanted call, String scope) {
    var found =
        sets.all().stream()
            .filter(set -> set.scope.equals(scope))
            .filter(set -> set.name.equals(call.parameter("name")))
            .filter(set -> Long.toString(set.group).equals(call.parameter("runnerGroupId")))
            .map(shapes::set)
            .toList();
    return Answer.of(200, Map.of("count", found.size(), "value", found));
  }

  private Answer make(Tenanted call, String scope) {
    var wanted = call.json(NewSet.class);
    var name = wanted.name() == null ? "" : wanted.name();
    var group = wanted.runnerGroupId() == null ? 0 : wanted.runnerGroupId();
    var labels =
        wanted.labels() == null
            ? List.<String>of()
            : wanted.labels().stream().map(label -> String.valueOf(label.name())).toList();
    if (name.isEmpty() || labels.isEmpty() || !sets.world().groups().containsKey(group)) {
      return Tenant.problem(
          400, "RunnerScaleSetInvalidException", "It lacks a name, label or group");
    }
    if (sets.all().stream().anyMatch(set -> taken(set, scope, name, group))) {
      return Tenant.problem(
          409, "RunnerScaleSetExistsException", "Runner scale set already exists.");
    }
    return shown(sets.make(scope, name, group, labels));
  }

  private static boolean taken(Set set, String scope, String name, long group) {
    return set.scope.equals(scope) && set.name.equals(name) && set.group == group;
  }

  private Answer shown(Set set) {
    return Answer.of(200, shapes.set(set));
  }

  private Answer remove(Set set) {
    sets.remove(set);
    return Answer.empty(204);
  }

  private Answer groups(Tenanted call) {
    var found =
        sets.world().groups().entrySet().stream()
            .filter(group -> group.getValue().equalsIgnoreCase(call.parameter("groupName")))
            .map(group -> Map.of("id", group.getKey(), "name", group.getValue(), "size", 0))
            .toList();
    return Answer.of(200, Map.of("count", found.size(), "value", found));
  }

  record NewLabel(@Nullable String name) {}

  record NewSet(
      @Nullable String name, @Nullable Long runnerGroupId, @Nullable List<NewLabel> labels) {}
}
