package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.github.SetWorld.Message;
import dev.nimbus.testkit.forge.github.SetWorld.Session;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what GitHub says of scale sets, who listens to them, and what it tells those. */
final class SetShapes {
  private final SetWorld sets;
  private final URI url;

  SetShapes(SetWorld sets, URI url) {
    this.sets = sets;
    this.url = url;
  }

  Map<String, Object> set(Set set) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("id", set.id);
    shape.put("name", set.name);
    shape.put("runnerGroupId", set.group);
    shape.put("runnerGroupName", String.valueOf(sets.world().groups().get(set.group)));
    shape.put(
        "labels",
        set.labels.stream().map(label -> Map.of("name", label, "type", "System")).toList());
    shape.put("runnerSetting", Map.of("disableUpdate", true));
    shape.put("createdOn", "2025-01-01T00:00:00Z");
    shape.put("statistics", sets.statistics(set));
    return shape;
  }

  Map<String, Object> session(Set set, Session session) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("sessionId", session.id);
    shape.put("ownerName", session.owner);
    shape.put("runnerScaleSet", set(set));
    shape.put("messageQueueUrl", url + Server.TENANT + "/queue/" + set.id + "?shard=3");
    shape.put("messageQueueAccessToken", session.token);
    shape.put("statistics", sets.statistics(set));
    return shape;
  }

  Map<String, Object> message(Set set, Message message) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("messageId", message.id());
    shape.put("messageType", "RunnerScaleSetJobMessages");
    shape.put("body", Json.text(message.entries()));
    shape.put("statistics", sets.statistics(set));
    return shape;
  }
}
