// The rows of the list of jobs, and moving between them by keyboard.
import { ForgeLink } from "./forge.js";
import { useKeys } from "./keys.js";
import { Labels } from "./parts.js";
import { link } from "./route.js";
import { State } from "./states.js";
import { titleOf } from "./text.js";
import { Ago, Elapsed } from "./times.js";
import { html, useEffect, useRef } from "./ui.js";
import { useWhy } from "./why.js";

let lastOpened = "";

const rows = () => [...document.querySelectorAll(".job-link")];

/** Puts the focus on the row last looked at, or the first. */
export function focusRow() {
  const all = rows();
  (all.find((row) => row.dataset.job === lastOpened) ?? all[0])?.focus();
}

function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? focusRow() : all[Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
}

export function JobTable({ jobs, loading, onPick }) {
  useKeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  useEffect(() => {
    if (lastOpened && document.activeElement?.matches("body, main")) focusRow();
  }, []);
  return html`<table class="job-table" aria-busy=${loading}>
    <caption class="unseen">Jobs, newest first</caption>
    <thead>
      <tr>
        <th scope="col">State</th><th scope="col">Job</th><th scope="col">Host</th>
        <th scope="col" class="end">Queued</th><th scope="col" class="end">Ran</th><th scope="col" class="end">Age</th>
      </tr>
    </thead>
    <tbody>${jobs.map((job) => html`<${JobRow} key=${job.id} job=${job} onPick=${onPick} />`)}</tbody>
  </table>`;
}

function JobRow({ job, onPick }) {
  const row = useRef(null);
  const why = useWhy(job, row);
  const reason = why || job.reason;
  return html`<tr ref=${row} class="job-row" data-state=${job.state}>
    <td class="job-state"><${State} state=${job.state} /><${Aside} job=${job} /></td>
    <td class="job-what">
      <a class="job-link" href=${link(`/jobs/${encodeURIComponent(job.id)}`)} data-job=${job.id}
        onFocus=${() => { lastOpened = job.id; }} title=${titleOf(job)}><bdi>${titleOf(job)}</bdi></a>
      <div class="job-sub">
        ${job.repository !== "-" && html`<button type="button" class="pick" onClick=${() => onPick(`repo:${job.repository}`)}
          title=${`Only jobs of ${job.repository}`}>${job.repository}</button>`}
        ${job.forge && html`<${ForgeLink} forge=${job.forge} />`}
        <span class="id">${job.id}</span>
        <${Labels} labels=${job.labels} onPick=${(label) => onPick(`label:${label}`)} />
      </div>
      ${reason && html`<div class="job-reason">${reason}</div>`}
    </td>
    <td class="job-host" data-name="on">${job.host ?? html`<span class="none" aria-label="none">–</span>`}</td>
    <td class="end" data-name="queued"><${Elapsed} from=${job.submitted_at} to=${job.leased_at ?? job.ended_at} /></td>
    <td class="end" data-name="ran"><${Elapsed} from=${job.started_at} to=${job.ended_at} /></td>
    <td class="end job-age"><${Ago} at=${job.submitted_at} /></td>
  </tr>`;
}

function Aside({ job }) {
  if (job.cancelling && !job.ended_at) return html`<span class="aside">cancelling</span>`;
  if (job.state === "failed" && job.exit_code !== undefined) return html`<span class="aside">exit ${job.exit_code}</span>`;
  if (job.attempts > 1) return html`<span class="aside">attempt ${job.attempts}</span>`;
  return null;
}
