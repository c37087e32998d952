package dev.nimbus.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.e2e.browser.Browser;
import dev.nimbus.e2e.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The dashboard's decisions, asked for in the browser that runs them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DashboardModulesTest {
  private Chromium chromium;
  private Site site;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    chromium = Chromium.start();
    site = FakeSite.start();
    browser = chromium.open();
    browser.open(site.base());
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

  @Test
  void partsOfALineAreJoinedAndRepeatedLinesAreDropped() {
    var rows =
        inModule(
            "log/buffer.js",
            """
            const buffer = new m.LogBuffer();
            const line = (attempt, sequence, text, complete = true) =>
              buffer.append({ attempt, sequence, text, complete, source: 'console', level: 'info' });
            line(1, 1, 'a ', false); line(1, 1, 'a ', false); line(1, 2, 'b'); line(1, 3, 'c');
            line(1, 2, 'b'); line(2, 1, 'd');
            return buffer.rows.map(row => (row.number ?? '-') + row.text).join('|');
            """);

    assertThat(rows).isEqualTo("1a b|2c|-Another attempt begins (fence 2)|3d");
  }

  @Test
  void theLogOnThePageIsBoundedAndSaysWhatIsGone() {
    var state =
        inModule(
            "log/buffer.js",
            """
            const buffer = new m.LogBuffer(100, 1e6);
            for (let i = 1; i <= 1000; i++) {
              buffer.append({ attempt: 1, sequence: i, text: 'x', complete: true, source: 'console' });
            }
            return [buffer.rows.length <= 100, buffer.count, buffer.rows.at(-1).number,
              buffer.dropped + buffer.rows.length].join(' ');
            """);

    assertThat(state).isEqualTo("true 1000 1000 1000");
  }

  @Test
  void coloursBecomeStylesAndOtherEscapesVanish() {
    var spans =
        inModule(
            "log/ansi.js",
            """
            const text = '\\u001b[1;31mred\\u001b[0m \\u001b[38;5;208mo\\u001b[39m\\u001b[2K\\u001b]0;t\\u0007end';
            return m.parseAnsi(text).spans.map(s => s.text + JSON.stringify(s.style)).join('|');
            """);

    assertThat(spans)
        .isEqualTo("red{\"bold\":true,\"fg\":1}| {}|o{\"fg\":\"rgb(255 135 0)\"}|end{}");
  }

  @Test
  void aColourThatIsNotClosedGoesOnInTheNextLine() {
    var style =
        inModule(
            "log/buffer.js",
            """
            const buffer = new m.LogBuffer();
            for (const [i, text] of ['\\u001b[32mgreen', 'still'].entries()) {
              buffer.append({ attempt: 1, sequence: i + 1, text, complete: true, source: 'console' });
            }
            return JSON.stringify(buffer.rows[1].style);
            """);

    assertThat(style).isEqualTo("{\"fg\":2}");
  }

  @Test
  void whatWasFoundIsCutOutOfColouredText() {
    var pieces =
        inModule(
            "log/finder.js",
            """
            const spans = [{ text: 'on', style: 1 }, { text: 'e two One', style: 2 }];
            return m.highlight(spans, 'one').map(p => (p.hit ? '<' + p.text + '>' : p.text)).join('|');
            """);

    assertThat(pieces).isEqualTo("<on>|<e>| two |<One>");
  }

  @Test
  void aFilterKnowsLabelsRepositoriesAndWords() {
    var answer =
        inModule(
            "filter.js",
            """
            const job = { id: 'j-1', repository: 'acme/shop', host: 'h', state: 'failed', reason: '',
              command: ['npm', 'test'], labels: ['gpu'], metadata: { branch: 'main' } };
            return ['repo:acme', 'label:gpu npm', 'branch=main', 'repo:globex', 'label:arm64', 'cargo']
              .map(text => m.matches(m.parseFilter(text), job)).join(' ');
            """);

    assertThat(answer).isEqualTo("true true true false false false");
  }

  @Test
  void aCommandReadsAsOneWouldTypeIt() {
    var line = inModule("text.js", "return m.shellLine(['sh', '-c', \"echo 'it'; ls\", '']);");

    assertThat(line).isEqualTo("sh -c 'echo '\\''it'\\''; ls' ''");
  }

  @Test
  void charactersThatHideOrReorderAreShown() {
    var text = inModule("text.js", "return m.visible('a\\u0007b\\u202ec\\u007f');");

    assertThat(text).isEqualTo("a^Gb\ufffdc^?");
  }

  @Test
  void theTimeOfAJobIsSplitWithoutGaps() {
    var parts =
        inModule(
            "timings.js",
            """
            const at = s => new Date(Date.UTC(2026, 0, 1, 0, 0, s)).toISOString();
            const job = { submitted_at: at(0), leased_at: at(12), started_at: at(13), ended_at: at(20), fence: 2 };
            const attempts = [{ fence: 1, ended_at: at(10) }, { fence: 2, ended_at: at(20) }];
            return m.partsOf({ job, attempts }, 0).map(p => p.name + ' ' + (p.to - p.from)).join(', ');
            """);

    assertThat(parts).isEqualTo("earlier attempts 10000, queued 2000, starting 1000, running 7000");
  }

  @Test
  void waitingAfterTheLastAttemptIsNotCountedAsRunning() {
    var parts =
        inModule(
            "timings.js",
            """
            const at = s => new Date(Date.UTC(2026, 0, 1, 0, 0, s)).toISOString();
            const job = { submitted_at: at(0), leased_at: at(1), started_at: at(2), ended_at: at(20), fence: 1 };
            const attempts = [{ fence: 1, ended_at: at(5) }];
            return m.partsOf({ job, attempts }, 0).map(p => p.name + ' ' + (p.to - p.from)).join(', ');
            """);

    assertThat(parts).isEqualTo("queued 1000, starting 1000, running 3000, queued again 15000");
  }

  private String inModule(String module, String body) {
    return String.valueOf(
        browser.evaluate("import('/assets/%s').then(m => { %s })".formatted(module, body)));
  }
}
