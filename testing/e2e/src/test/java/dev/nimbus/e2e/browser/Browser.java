package dev.nimbus.e2e.browser;

import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tab, used as a person would: real clicks, real keys, waiting until something shows. Every
 * wait ends by itself, failing with what the page showed instead.
 */
public final class Browser implements AutoCloseable {
  private static final int LIMIT_MS = 60_000;
  private static final int TRIES = 5;

  private final Observed observed = new Observed();
  private final DevTools tools;

  private Browser(HttpClient http, URI address) {
    this.tools = DevTools.connect(http, address, observed::note);
  }

  static Browser attach(HttpClient http, URI address) {
    var browser = new Browser(http, address);
    for (var domain : List.of("Page", "Runtime", "Network", "Log")) {
      browser.tools.call(domain + ".enable", Map.of());
    }
    browser.size(1280, 800);
    return browser;
  }

  public void size(int width, int height) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Goes to an address and waits until its document is there. */
  public void open(URI address) {
    tools.call("Page.navigate", Map.of("url", address.toString()));
    waitFor("location.href !== 'about:blank' && document.readyState === 'complete'");
  }

  /** Waits until a JavaScript expression is truthy; one that throws is not yet. */
  public void waitFor(String condition) {
    var script =
        """
        new Promise((done, failed) => {
          const end = performance.now() + %d;
          const look = () => {
            let holds = false;
            try { holds = Boolean(%s); } catch { holds = false; }
            if (holds) done(true);
            else if (performance.now() < end) setTimeout(look, 20);
            else failed(new Error('Waited in vain; ' + location + ' shows: ' + document.body.innerText.slice(0, 2000)));
          };
          look();
        })
        """
            .formatted(LIMIT_MS, condition);
    for (var attempt = 1; ; attempt++) {
      try {
        evaluate(script);
        return;
      } catch (IllegalStateException e) {
        if (attempt == TRIES || !navigatedAway(e)) {
          throw new AssertionError("Never true: " + condition, e);
        }
      }
    }
  }

  /** Waits until an element matching the selector contains the text. */
  public void waitForText(String selector, String text) {
    waitFor(
        "[...document.querySelectorAll(%s)].some(e => e.textContent.includes(%s))"
            .formatted(Json.text(selector), Json.text(text)));
  }

  /** Clicks the first element that matches and contains the text, once nothing covers it. */
  public void click(String selector, String text) {
    var target =
        "[...document.querySelectorAll(%s)].find(e => e.textContent.includes(%s))"
            .formatted(Json.text(selector), Json.text(text));
    waitFor(
        """
        (e => {
          e.scrollIntoView({ block: 'nearest' });
          const box = e.getBoundingClientRect();
          const middle = [box.x + box.width / 2, box.y + box.height / 2];
          const top = document.elementFromPoint(...middle);
          window.clickAt = middle;
          return e.contains(top);
        })(%s)
        """
            .formatted(target));
    if (!(evaluate("window.clickAt") instanceof List<?> point)) {
      throw new AssertionError("No place to click on '" + text + "'");
    }
    for (var type : List.of("mousePressed", "mouseReleased")) {
      tools.call("Input.dispatchMouseEvent", mouse(type, point));
    }
  }

  /** Presses keys one after the other: {@code press("g", "h")}, {@code press("Enter")}. */
  public void press(String... keys) {
    for (var name : keys) {
      var key = Key.of(name);
      tools.call("Input.dispatchKeyEvent", key.down());
      tools.call("Input.dispatchKeyEvent", key.up());
    }
  }

  /** Types text where the focus is. */
  public void type(String text) {
    tools.call("Input.insertText", Map.of("text", text));
  }

  /** The text of everything that matches, one element a line. */
  public String text(String selector) {
    return String.valueOf(
        evaluate(
            "[...document.querySelectorAll(%s)].map(e => e.textContent).join('\\n')"
                .formatted(Json.text(selector))));
  }

  /** The value of an expression, promises awaited. */
  public @Nullable Object evaluate(String expression) {
    var result =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.get("exceptionDetails") != null) {
      throw new IllegalStateException("The page threw: " + result.get("exceptionDetails"));
    }
    return result.get("result") instanceof Map<?, ?> value ? value.get("value") : null;
  }

  public void screenshot(Path file) throws IOException {
    var shot = tools.call("Page.captureScreenshot", Map.of("format", "png"));
    Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  /** What the page or the browser complained about: exceptions, console errors, blocked content. */
  public List<String> complaints() {
    return observed.complaints();
  }

  /** The address of every request made. */
  public List<String> requests() {
    return observed.requests();
  }

  @Override
  public void close() {
    tools.call("Page.close", Map.of());
    tools.close();
  }

  private static Map<String, Object> mouse(String type, List<?> at) {
    return Map.of("type", type, "x", at.get(0), "y", at.get(1), "button", "left", "clickCount", 1);
  }

  private static boolean navigatedAway(IllegalStateException failure) {
    var message = String.valueOf(failure.getMessage());
    return message.contains("context was destroyed")
        || message.contains("navigated or closed")
        || message.contains("Promise was collected")
        || message.contains("Cannot find context");
  }
}
