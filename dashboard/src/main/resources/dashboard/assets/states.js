// The states of a job: their order, their tone and their mark.
import { html } from "./ui.js";

/** Every state, in the order people care. */
export const STATES = [
  "waiting", "leased", "running", "succeeded", "failed", "cancelled", "timed_out", "rejected", "dead",
];

/** A state as people read it. */
export const spoken = (state) => state.replace("_", " ");

const ring = (rest) => html`<circle cx="8" cy="8" r="6.25" />${rest}`;
const MARKS = {
  waiting: html`<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.2 2.7" />`,
  leased: ring(html`<path d="M8 4.5a3.5 3.5 0 0 1 0 7z" class="solid" />`),
  running: html`<circle cx="8" cy="8" r="6.25" class="track" /><path d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" class="turning" /><circle cx="8" cy="8" r="2" class="solid" />`,
  succeeded: ring(html`<path d="m5.2 8.2 2 2 3.7-4.2" />`),
  failed: ring(html`<path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />`),
  cancelled: ring(html`<path d="m3.8 12.2 8.4-8.4" />`),
  timed_out: ring(html`<path d="M8 4.4V8l2.4 1.5" />`),
  rejected: ring(html`<path d="M4.9 8h6.2" />`),
  dead: html`<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z" /><path d="M8 4.7v4M8 11v.2" />`,
};

/** The mark of a state, always beside its word so that colour is never the only sign. */
export function StateMark({ state }) {
  return html`<svg class=${`mark tone-${state}`} viewBox="0 0 16 16" aria-hidden="true">${MARKS[state] ?? ring(null)}</svg>`;
}

/** Mark and word. */
export function State({ state }) {
  return html`<span class=${`state tone-${state}`}><${StateMark} state=${state} />${spoken(state)}</span>`;
}
