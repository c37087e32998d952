package dev.nimbus.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the dashboard must never do, whatever control plane is behind it. */
abstract class DashboardSafetyContract extends DashboardCase {
  private static final String MARKUP = "<img src=x onerror=window.injected=1>";

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
  void signingOutEndsTheSession() {
    signIn();
    browser.click(".top button", "Sign out");
    browser.waitForText("h1", "Sign in");

    browser.open(site.base().resolve("/hosts"));

    browser.waitForText("h1", "Sign in");
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
}
