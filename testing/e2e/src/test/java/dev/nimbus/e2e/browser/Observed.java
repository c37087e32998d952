package dev.nimbus.e2e.browser;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a tab did and complained about while it was open. Thread-safe. */
final class Observed {
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  void note(DevTools.Event event) {
    var params = event.params();
    switch (event.method()) {
      case "Runtime.exceptionThrown" -> complaints.add("exception: " + params);
      case "Runtime.consoleAPICalled" -> noteIf("error".equals(params.get("type")), params);
      case "Log.entryAdded" -> noteIf(params.toString().contains("level=error"), params);
      case "Network.requestWillBeSent" -> requests.add(address(params));
      default -> {}
    }
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void noteIf(boolean bad, Map<String, Object> params) {
    if (bad) {
      complaints.add(params.toString());
    }
  }

  private static String address(Map<String, Object> params) {
    return params.get("request") instanceof Map<?, ?> request
        ? String.valueOf(request.get("url"))
        : "";
  }
}
