// What a job asked for, and what people noted on it.
import { ForgeLink, causeOf, stageOf } from "./forge.js";
import { Labels } from "./parts.js";
import { link } from "./route.js";
import { bytes, number } from "./text.js";
import { duration } from "./times.js";
import { html } from "./ui.js";

export function JobFacts({ job }) {
  const metadata = Object.entries(job.metadata ?? {});
  return html`<section class="facts">
    <h2>Facts</h2>
    <dl>
      ${job.forge && html`<${Fact} name="Serves"><${ForgeLink} forge=${job.forge} /> <span class="fine">job ${job.forge.job}</span><//>
        ${causeOf(job.forge) && html`<${Fact} name="Caused by">${causeOf(job.forge)}<//>`}
        <${Fact} name="There">${stageOf(job.forge)}<//>`}
      <${Fact} name="Host">${job.host ? html`<a href=${link("/hosts")}>${job.host}</a>` : html`<span class="none">none yet</span>`}<//>
      <${Fact} name="Size">${number(job.cpus)} ${job.cpus === 1 ? "cpu" : "cpus"} · ${bytes(job.memory_bytes)}<//>
      <${Fact} name="Image">${job.image}<//>
      <${Fact} name="Timeout">${duration(job.timeout_ms)}<//>
      <${Fact} name="Attempt"><span title="Fence ${job.fence}">${job.attempts}</span><//>
      ${job.labels.length > 0 && html`<${Fact} name="Labels"><span class="labels"><${Labels} labels=${job.labels} /></span><//>`}
      ${metadata.map(([key, value]) => html`<${Fact} key=${key} name=${key} kind="metadata">${value}<//>`)}
    </dl>
  </section>`;
}

function Fact({ name, kind = "", children }) {
  return html`<div class=${kind}><dt>${name}</dt><dd>${children}</dd></div>`;
}
