// Where a job's time went: one bar of proportional parts, with figures.
import { useNow } from "./clock.js";
import { duration, exact } from "./times.js";
import { html } from "./ui.js";

/** The parts of a job's life so far as [{name, from, to}], in milliseconds; the last may be open. */
export function partsOf({ job, attempts }, time) {
  const at = (moment) => (moment ? Date.parse(moment) : undefined);
  const earlier = attempts.filter((attempt) => !job.leased_at || attempt.fence < job.fence);
  const own = job.leased_at && attempts.find((attempt) => attempt.fence === job.fence);
  const submitted = at(job.submitted_at);
  const queued = earlier.length ? Math.max(...earlier.map((attempt) => at(attempt.ended_at))) : submitted;
  const [leased, started, end] = [at(job.leased_at), at(job.started_at), at(job.ended_at) ?? time];
  const left = at(own?.ended_at) ?? end;
  return [
    { name: "earlier attempts", from: submitted, to: queued },
    { name: "queued", from: queued, to: leased ?? end },
    { name: "starting", from: leased, to: started ?? left },
    { name: "running", from: started, to: left },
    { name: "queued again", from: left, to: end },
  ].filter((part) => part.from !== undefined && (part.to > part.from || part.name === "queued"));
}

export function Timings({ detail }) {
  const time = useNow(!detail.job.ended_at);
  const parts = partsOf(detail, time);
  return html`<section class="timings" aria-label="Timings">
    <div class="timing-bar" aria-hidden="true">
      ${parts.map((part) => html`<div key=${part.name} class=${`part ${classOf(part)}`} style=${{ flexGrow: part.to - part.from }}></div>`)}
    </div>
    <dl>
      ${parts.map((part) => html`<div key=${part.name} class=${classOf(part)} title=${`from ${exact(part.from)}`}>
        <dt>${nameOf(part, detail.job)}</dt><dd class="figure">${duration(part.to - part.from)}</dd>
      </div>`)}
      <div class="total"><dt>total</dt><dd class="figure">${duration(parts.at(-1).to - parts[0].from)}</dd></div>
    </dl>
  </section>`;
}

const classOf = (part) => `part-${part.name.split(" ")[0]}`;

function nameOf(part, job) {
  return part.name === "running" && job.ended_at ? "ran" : part.name;
}
