package dev.nimbus.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people can do with the dashboard, whatever control plane is behind it. */
abstract class DashboardContract extends DashboardCase {
  private static final List<String> COUNTING =
      shell("i=0; while :; do i=$((i+1)); echo \"line $i\"; sleep 0.1; done");

  @Test
  void theListShowsJobsWithStateAndCommand() {
    var id = submit(shell("echo shown-in-the-list"));

    signIn();

    browser.waitForText(row(id), "succeeded");
    assertThat(browser.text(row(id))).contains("sh -c 'echo shown-in-the-list'", id);
    browser.waitFor("/\\d/.test(document.querySelector('.states .figure').textContent)");
  }

  @Test
  void aNewJobAppearsByItself() {
    signIn();
    browser.waitFor("document.querySelector('.states')");

    var id = submit(shell("echo late"));

    browser.waitForText(row(id), "succeeded");
  }

  @Test
  void aWaitingJobShowsItsOneReason() {
    var id = site.submit(shell("echo never"), List.of(Site.NOWHERE));

    signIn();

    browser.waitForText(row(id) + " .job-reason", "labels");
    open(id);
    browser.waitForText(".job-heading .job-reason", "labels");
  }

  @Test
  void theFilterNarrowsTheListAndStaysInTheAddress() {
    var wanted = submit(shell("echo filter-me-please"));
    var other = submit(shell("echo something-else"));
    signIn();
    browser.waitForText(row(other), "something-else");

    browser.press("/");
    browser.type("filter-me");

    browser.waitFor("!document.querySelector(" + Json.text(row(other)) + ")");
    browser.waitFor("location.search.includes('q=filter-me')");
    assertThat(browser.text(row(wanted))).contains("filter-me-please");
  }

  @Test
  void openingAJobShowsItsLinesAsTheyArrive() {
    var id = submit(COUNTING);
    signIn();

    browser.click(row(id) + " .job-link", "while");

    browser.waitForText(".log-row", "line 3");
    browser.waitForText(".state", "running");
    browser.waitForText(".log-row", "line " + (shownLines() + 5));
    cancel();
  }

  @Test
  void cancelAsksFirstAndThenStopsTheJob() {
    var id = submit(COUNTING);
    signIn();
    open(id);
    browser.waitForText(".log-row", "line 1");

    browser.click(".job-actions button", "Cancel");
    browser.click("dialog button", "Let it go on");
    browser.waitFor("!document.querySelector('dialog')");
    assertThat(browser.text(".job-heading .state")).isEqualTo("running");

    cancel();
    browser.waitForText("#announcements", "cancelled");
    browser.waitForText(".log-progress", "complete");
  }

  @Test
  void anEndedJobCanBeRetried() {
    var id = submit(shell("echo once-more; exit 3"));
    signIn();
    open(id);
    browser.waitForText(".job-heading .aside", "exit 3");

    browser.click(".job-actions button", "Retry");
    browser.click("dialog button", "Run it again");

    browser.waitForText(".timeline, .log-row", "once-more");
    browser.waitFor("document.querySelectorAll('dialog').length === 0");
  }

  @Test
  void everythingWorksByKeyboard() {
    var id = submit(COUNTING);
    signIn();
    browser.waitForText(row(id), "running");

    browser.press("j");
    browser.waitFor("document.activeElement.dataset.job === " + Json.text(id));
    browser.press("Enter");
    browser.waitForText(".job-heading .id", id);
    browser.waitForText(".log-row", "line 2");
    browser.press("/");
    browser.type("line 2");
    browser.press("Enter");
    browser.waitForText("mark", "line 2");
    browser.press("Escape", "Escape", "c");
    browser.waitForText("dialog[open] h2", "Cancel");
    browser.press("Tab", "Enter");
    browser.waitForText(".job-heading .state", "cancelled");
    browser.press("Escape");
    browser.waitFor("document.activeElement.dataset.job === " + Json.text(id));
    browser.press("g", "h");
    browser.waitForText("h1", "Hosts");
    browser.press("?");
    browser.waitForText("dialog[open] h2", "Keys");
    browser.press("Escape");
    browser.waitFor("!document.querySelector('dialog')");
    browser.press("g", "j");
    browser.waitForText(row(id), "cancelled");
  }

  @Test
  void aRowAnswersToKeysFromTheMomentItIsThere() {
    submit(shell("echo at-once"));
    signIn();
    browser.click(".top nav a", "Hosts");
    browser.waitForText("h1", "Hosts");
    browser.evaluate(
        """
        new MutationObserver((changes, watch) => {
          if (!document.querySelector(".job-link")) return;
          watch.disconnect();
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
          window.focusedAtOnce = document.activeElement.matches(".job-link");
        }).observe(document.body, { subtree: true, childList: true });
        """);

    browser.press("g", "j");

    browser.waitFor("window.focusedAtOnce !== undefined");
    assertThat(browser.evaluate("window.focusedAtOnce")).isEqualTo(true);
  }

  @Test
  void hostsShowTheirCapacity() {
    signIn();

    browser.click(".top nav a", "Hosts");

    browser.waitFor("document.querySelectorAll('.host [role=meter]').length >= 3");
    assertThat(browser.text(".host")).contains("alive", "cpus", "memory", "slots");
  }

  @Test
  void aHundredThousandLinesStayUsable() {
    var id = submit(shell("seq 1 100000"));
    signIn();
    open(id);
    browser.waitFor(
        "/^100,\\d{3}/.test(document.querySelector('.log-progress').textContent.split('· ')[1])");
    assertThat(browser.evaluate("document.querySelectorAll('.log-row').length < 200"))
        .isEqualTo(true);

    browser.press("/");
    browser.type("4242");
    browser.press("Enter");

    browser.waitForText(".log-row.current .log-text", "4242");
  }

  @Test
  void aJobThatDoesNotExistIsSaidSo() {
    signIn();

    browser.open(site.base().resolve("/jobs/j-none"));

    browser.waitForText("h2", "There is no such job");
  }

  @Test
  void aNarrowScreenNeedsNoSidewaysScrolling() {
    var id = submit(shell("echo " + "wide-".repeat(60)));
    browser.size(390, 844);
    signIn();
    browser.waitForText(row(id), "wide-");
    assertThat(overflow()).isEqualTo(true);

    open(id);

    browser.waitForText(".log-text", "wide-");
    assertThat(overflow()).isEqualTo(true);
  }

  private void cancel() {
    browser.click(".job-actions button", "Cancel");
    browser.click("dialog button", "Cancel the job");
    browser.waitForText(".job-heading .state", "cancelled");
  }

  private long shownLines() {
    var lines = browser.text(".log-progress").replaceAll("\\D", "");
    return Long.parseLong(lines);
  }

  private Object overflow() {
    var value = browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
    return value == null ? false : value;
  }
}
