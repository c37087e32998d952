// What happened to a job, in order, with the attempts that ended.
import { spoken } from "./states.js";
import { duration, exact } from "./times.js";
import { html } from "./ui.js";

export function Timeline({ detail: { job, events, attempts } }) {
  const start = Date.parse(job.submitted_at);
  return html`<section class="timeline">
    <h2>Timeline</h2>
    <ol>
      ${events.map((event, i) => html`<li key=${i}>
        <time class="figure" datetime=${event.at} title=${exact(event.at)}>+${duration(Date.parse(event.at) - start)}</time>
        <span><strong>${spoken(event.what)}</strong>${event.detail && html` <span class="detail">${event.detail}</span>`}</span>
      </li>`)}
    </ol>
    ${attempts.length > 0 && html`<h2>Attempts</h2>
    <ol class="attempts">${attempts.map((attempt) => html`<${Attempt} key=${attempt.fence} attempt=${attempt} />`)}</ol>`}
  </section>`;
}

function Attempt({ attempt }) {
  const ran = attempt.started_at
    ? `ran ${duration(Date.parse(attempt.ended_at) - Date.parse(attempt.started_at))}`
    : "never started";
  return html`<li>
    <span class="figure" title="Fence">${attempt.fence}</span>
    <span><strong>${spoken(attempt.ending)}</strong> <span class="detail">on ${attempt.host}, ${ran}</span></span>
  </li>`;
}
