// Durations and moments as short text: "8.4 s", "1 m 04 s", "3 min ago".
import { html } from "./ui.js";
import { useNow } from "./clock.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const pad = (n) => String(n).padStart(2, "0");
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** A length of time in at most two units. */
export function duration(ms) {
  if (!Number.isFinite(ms)) return "";
  const time = Math.max(0, ms);
  if (time < SECOND) return `${Math.round(time)} ms`;
  if (time < 10 * SECOND) return `${(Math.floor(time / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(time / SECOND);
  if (time < MINUTE) return `${seconds} s`;
  if (time < HOUR) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  if (time < DAY) return `${Math.floor(time / HOUR)} h ${pad(Math.floor((time % HOUR) / MINUTE))} m`;
  return `${Math.floor(time / DAY)} d ${Math.floor((time % DAY) / HOUR)} h`;
}

/** How long ago, in one unit. */
function ago(ms) {
  if (ms < 5 * SECOND) return "just now";
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / DAY)} d ago`;
}

/** The moment in full, in the reader's zone and in UTC. */
export function exact(at) {
  return `${exactFormat.format(new Date(at))} · ${new Date(at).toISOString()}`;
}

/** A moment, relative, with the exact one on hover. */
export function Ago({ at }) {
  const time = useNow();
  return html`<time datetime=${at} title=${exact(at)}>${ago(time - Date.parse(at))}</time>`;
}

/** The time between two moments; without an end it grows. */
export function Elapsed({ from, to }) {
  const time = useNow(Boolean(from) && !to);
  if (!from) return html`<span class="none" aria-label="none">–</span>`;
  const end = to ? Date.parse(to) : time;
  return html`<span class="figure" title=${`since ${exact(from)}`}>${duration(end - Date.parse(from))}</span>`;
}
