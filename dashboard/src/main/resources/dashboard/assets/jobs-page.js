// The list of jobs: counts by state, a filter, one live page of rows, and the older ones.
import { read } from "./api.js";
import { parseFilter, matches, withToken } from "./filter.js";
import { JobTable, focusRow } from "./job-table.js";
import { useKeys } from "./keys.js";
import { usePoll } from "./live.js";
import { Empty, Trouble, useTitle } from "./parts.js";
import { amend, go, link } from "./route.js";
import { StateChoice } from "./state-choice.js";
import { plural } from "./text.js";
import { html, useEffect, useRef, useState } from "./ui.js";

const POLL_MS = 2000;
const PAGE_SIZE = "100";
const TYPING_MS = 150;

export function JobsPage({ params }) {
  const { state = "", q = "", after = "" } = params;
  const filter = parseFilter(q);
  const query = { status: state, label: filter.labels.join(","), after, limit: PAGE_SIZE };
  const list = usePoll((signal) => read("/api/jobs", query, signal), POLL_MS, JSON.stringify(query));
  const service = usePoll((signal) => read("/status", {}, signal), POLL_MS, "");
  const states = service.data ? countsOf(service.data.facts) : undefined;
  const page = list.data ?? list.stale;
  const jobs = page?.items.filter((job) => matches(filter, job)) ?? [];
  const show = (changes) => link("/", { state, q, after, ...changes });
  const pick = (token) => amend(show({ q: withToken(q, token), after: "" }));
  useTitle(titleOf(states));
  useKeys({
    "[": () => after && go(show({ after: "" })),
    "]": () => page?.next && go(show({ after: page.next })),
  });
  return html`<div class="jobs">
    <h1 class="unseen" tabindex="-1">Jobs</h1>
    <div class="controls">
      <${StateChoice} chosen=${state} counts=${states} address=${(chosen) => show({ state: chosen, after: "" })} />
      <${FilterField} text=${q} onChange=${(text) => amend(show({ q: text.trim(), after: "" }))} />
    </div>
    <${Trouble} problem=${list.problem ?? service.problem} />
    ${page && (jobs.length
      ? html`<${JobTable} jobs=${jobs} loading=${!list.data} onPick=${pick} />`
      : html`<${NoJobs} filtered=${Boolean(state || q)} older=${Boolean(page.next)} after=${after} />`)}
    ${page?.items.length > 0 && html`<${Pages} shown=${jobs.length} of=${page.items.length} next=${page.next} after=${after} show=${show} />`}
  </div>`;
}

function FilterField({ text, onChange }) {
  const field = useRef(null);
  const [typed, setTyped] = useState(text);
  const timer = useRef(0);
  useEffect(() => {
    if (text !== typed.trim()) setTyped(text);
  }, [text]);
  useKeys({ "/": () => field.current.select() });
  const type = (event) => {
    const value = event.target.value;
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(value), TYPING_MS);
  };
  const leave = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    field.current.blur();
    focusRow();
  };
  return html`<label class="filter">
    <span class="unseen">Filter jobs</span>
    <input ref=${field} type="search" value=${typed} onInput=${type} onKeyDown=${leave} spellcheck=${false}
      autocomplete="off" placeholder="Filter: words, repo:acme/shop, label:gpu" aria-keyshortcuts="/" />
    <kbd aria-hidden="true">/</kbd>
  </label>`;
}

function NoJobs({ filtered, older, after }) {
  if (filtered) {
    return html`<${Empty} title="No job matches">
      ${older ? "Not on this page; older ones may. " : ""}<a href=${link("/")}>Show all jobs</a>
    <//>`;
  }
  if (after) return html`<${Empty} title="No older jobs"><a href=${link("/")}>Back to the newest</a><//>`;
  return html`<${Empty} title="No jobs yet" command="nimbus run -- sh -c 'echo hello'">
    This runs one through the whole system, and it appears here by itself.
  <//>`;
}

function Pages({ shown, of, next, after, show }) {
  return html`<nav class="pages" aria-label="Pages of jobs">
    <span class="fine">${shown === of ? plural(of, "job") : `${shown} of ${plural(of, "job")} on this page`}</span>
    ${after && html`<a href=${show({ after: "" })}>Newest</a>`}
    ${next && html`<a href=${show({ after: next })} rel="next">Older</a>`}
  </nav>`;
}

/** Counts by state, which the service tells as facts such as {"jobs_waiting": "3"}. */
function countsOf(facts) {
  const counts = Object.entries(facts).filter(([name]) => name.startsWith("jobs_"));
  return Object.fromEntries(counts.map(([name, count]) => [name.slice("jobs_".length), Number(count)]));
}

function titleOf(states) {
  const busy = ["running", "waiting"].filter((state) => states?.[state]);
  return [...busy.map((state) => `${states[state]} ${state}`), "Jobs"].join(" · ");
}
