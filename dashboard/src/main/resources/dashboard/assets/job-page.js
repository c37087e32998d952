// One job: what it is, where it stands, how long each part took, what it prints.
import { JobActions } from "./job-actions.js";
import { JobFacts } from "./job-facts.js";
import { useJob } from "./job-live.js";
import { useKeys } from "./keys.js";
import { LogPanel } from "./log/panel.js";
import { Copy, Empty, Trouble, useTitle } from "./parts.js";
import { backToList, go } from "./route.js";
import { State, spoken } from "./states.js";
import { shellLine, titleOf, visible } from "./text.js";
import { Ago } from "./times.js";
import { Timeline } from "./timeline.js";
import { Timings } from "./timings.js";
import { html, useRef } from "./ui.js";
import { useWhy } from "./why.js";

export function JobPage({ id }) {
  const { detail, problem, reload } = useJob(id);
  useKeys({ Escape: () => go(backToList()) });
  useTitle(detail ? `${spoken(detail.job.state)} · ${titleOf(detail.job)}` : "Job");
  if (problem?.status === 404) {
    return html`<${Empty} title="There is no such job" command="nimbus jobs recent">
      ${problem.message} Jobs are forgotten some time after they end. <a href=${backToList()}>Show all jobs</a>
    <//>`;
  }
  if (!detail) return html`<${Trouble} problem=${problem} />`;
  const { job } = detail;
  return html`<article class="job">
    <${Trouble} problem=${problem} />
    <${Heading} job=${job} reload=${reload} />
    <${Timings} detail=${detail} />
    <div class="job-body">
      <${LogPanel} id=${id} state=${job.state} over=${Boolean(job.ended_at)} />
      <aside class="job-about" aria-label="About this job">
        <${JobFacts} job=${job} />
        <${Timeline} detail=${detail} />
      </aside>
    </div>
  </article>`;
}

function Heading({ job, reload }) {
  const element = useRef(null);
  const why = useWhy(job, element);
  const reason = why || job.reason;
  return html`<header class="job-heading" ref=${element}>
    <div class="job-line">
      <${State} state=${job.state} />
      <${Ending} job=${job} />
      <span class="fine">${job.repository !== "-" && html`${job.repository} · `}<span class="id">${job.id}</span> · <${Ago} at=${job.submitted_at} /></span>
      <${JobActions} job=${job} reload=${reload} />
    </div>
    <div class="job-command">
      <h1 tabindex="-1"><bdi>${job.forge ? titleOf(job) : visible(shellLine(job.command))}</bdi></h1>
      ${!job.forge && html`<${Copy} text=${shellLine(job.command)} what="the command" />`}
    </div>
    ${reason && html`<p class="job-reason">${reason}</p>`}
  </header>`;
}

function Ending({ job }) {
  if (job.cancelling && !job.ended_at) return html`<span class="aside">cancelling</span>`;
  if (job.ended_at && job.state !== "rejected" && job.exit_code !== undefined) return html`<span class="aside">exit ${job.exit_code}</span>`;
  return null;
}
