// Counts by state, each a link to the jobs in it.
import { STATES, StateMark, spoken } from "./states.js";
import { count } from "./text.js";
import { html } from "./ui.js";

const ALWAYS = new Set(["waiting", "running", "succeeded", "failed"]);

export function StateChoice({ chosen, counts, address }) {
  const total = Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0);
  const shown = STATES.filter((state) => ALWAYS.has(state) || counts?.[state] || state === chosen);
  return html`<nav class="states" aria-label="Jobs by state">
    <${Choice} href=${address("")} current=${!chosen} word="all" figure=${counts && total} />
    ${shown.map((state) => html`<${Choice} key=${state} state=${state} href=${address(state)}
      current=${chosen === state} word=${spoken(state)} figure=${counts && (counts[state] ?? 0)} />`)}
  </nav>`;
}

function Choice({ state, href, current, word, figure }) {
  return html`<a class=${figure === 0 ? "choice zero" : "choice"} href=${href} aria-current=${current ? "true" : null}>
    ${state && html`<${StateMark} state=${state} />`}${word}
    ${figure !== undefined && html` <span class="figure">${count(figure)}</span>`}
  </a>`;
}
