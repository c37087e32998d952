package dev.nimbus.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.e2e.browser.Browser;
import dev.nimbus.e2e.browser.Chromium;
import dev.nimbus.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What anybody may expect of the dashboard, whatever control plane is behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DashboardContract {
  private static final List<String> COUNTING =
      shell("i=0; while :; do i=$((i+1)); echo \"line $i\"; sleep 0.1; done");
  private static final String MARKUP = "<img src=x onerror=window.injected=1>";

  private Chromium chromium;
  private Site site;
  private Browser browser;

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

  @Test
  void withoutASessionThePageSaysHowToSignInAndShowsNothingElse() {
    submit(shell("echo secret-of-the-list"));

    browser.open(site.base());

    browser.waitForText("h1", "Sign in");
    assertThat(browser.text("main")).contains("nimbus dashboard", "nimbus up");
    assertThat(browser.text("body")).doesNotContain("secret-of-the-list");
  }

  @Test
  void aSignInLinkWorksOnce() {
    var link = site.signInLink();
    browser.open(link);
    browser.waitForText(".brand", "Nimbus");
    browser.waitFor("document.querySelector('.states')");

    try (var other = chromium.open()) {
      other.open(link);

      other.waitForText("[role=alert]", "used before");
      other.waitForText("h1", "Sign in");
    }
  }

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
  void markupInCommandAndLogIsText() {
    var id = submit(shell("echo '" + MARKUP + "'; printf '\\033[31mred\\033[0m\\n'"));

    signIn();

    browser.waitForText(row(id), MARKUP);
    open(id);
    browser.waitForText(".log-text", MARKUP);
    browser.waitForText("h1", MARKUP);
    browser.waitForText(".log-text .fg-1", "red");
    assertThat(browser.evaluate("document.querySelectorAll('img').length")).isEqualTo(0);
    assertThat(browser.evaluate("window.injected === undefined")).isEqualTo(true);
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
  void signingOutEndsTheSession() {
    signIn();
    browser.click(".top button", "Sign out");
    browser.waitForText("h1", "Sign in");

    browser.open(site.base().resolve("/hosts"));

    browser.waitForText("h1", "Sign in");
  }

  @Test
  void aTourLeavesNothingBehindAsksNobodyElseAndMeetsNoError() {
    var id = submit(shell("echo tour"));
    signIn();
    browser.waitForText(row(id), "succeeded");
    open(id);
    browser.waitForText(".log-text", "tour");
    browser.waitForText(".log-progress", "complete");
    browser.press("Escape", "g", "h");
    browser.waitFor("document.querySelector('.host')");

    assertThat(browser.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
    assertThat(browser.evaluate("document.cookie")).isEqualTo("");
    assertThat(browser.requests()).isNotEmpty().allMatch(r -> r.startsWith(site.base().toString()));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void thePageCannotTurnTextIntoMarkup() {
    signIn();

    var policy = "fetch('/').then(page => page.headers.get('content-security-policy'))";
    assertThat(String.valueOf(browser.evaluate(policy))).contains("default-src 'self'");
    assertThatThrownBy(() -> browser.evaluate("document.body.innerHTML = '<b>no</b>'"))
        .hasMessageContaining("TrustedHTML");
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

  private String submit(List<String> command) {
    return site.submit(command, List.of());
  }

  private void signIn() {
    browser.open(site.signInLink());
    browser.waitFor("document.querySelector('.states')");
  }

  private void open(String id) {
    browser.open(site.base().resolve("/jobs/" + id));
    browser.waitForText(".job-heading .id", id);
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

  private static String row(String id) {
    return "tr.job-row:has([data-job='" + id + "'])";
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }
}
