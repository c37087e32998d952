package dev.nimbus.e2e.dashboard;

import dev.nimbus.e2e.browser.Browser;
import dev.nimbus.e2e.browser.Chromium;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One browser and one site for a class of tests, and a fresh tab for each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DashboardCase {
  Chromium chromium;
  Site site;
  Browser browser;

  /** Starts what is behind the dashboard; closed after the last test. */
  abstract Site startSite() throws Exception;

  @BeforeAll
  void start() throws Exception {
    chromium = Chromium.start();
    site = startSite();
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    browser = chromium.open();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  String submit(List<String> command) {
    return site.submit(command, List.of());
  }

  void signIn() {
    browser.open(site.signInLink());
    browser.waitFor("document.querySelector('.states')");
  }

  void open(String id) {
    browser.open(site.base().resolve("/jobs/" + id));
    browser.waitForText(".job-heading .id", id);
  }

  static String row(String id) {
    return "tr.job-row:has([data-job='" + id + "'])";
  }

  static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }
}
