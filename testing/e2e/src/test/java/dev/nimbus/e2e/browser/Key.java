package dev.nimbus.e2e.browser;

import java.util.HashMap;
import java.util.Map;

/** A key as the browser wants to hear of it. */
record Key(String name, String text, int code) {
  /** A named key such as {@code Enter}, or the character a key types. */
  static Key of(String name) {
    return switch (name) {
      case "Enter" -> new Key(name, "\r", 13);
      case "Escape" -> new Key(name, "", 27);
      case "Tab" -> new Key(name, "", 9);
      case "ArrowDown" -> new Key(name, "", 40);
      case "ArrowUp" -> new Key(name, "", 38);
      default -> new Key(name, name, Character.toUpperCase(name.charAt(0)));
    };
  }

  Map<String, Object> down() {
    var params = new HashMap<>(up());
    params.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
    params.put("text", text);
    return params;
  }

  Map<String, Object> up() {
    return Map.of("type", "keyUp", "key", name, "windowsVirtualKeyCode", code);
  }
}
