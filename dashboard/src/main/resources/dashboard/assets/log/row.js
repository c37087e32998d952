// One line of a log on the screen. Text stays text: nothing a job prints becomes markup.
import { visible } from "../text.js";
import { exact } from "../times.js";
import { html } from "../ui.js";
import { parseAnsi } from "./ansi.js";
import { overwritten } from "./buffer.js";
import { highlight } from "./finder.js";

const MAX_SHOWN = 4000;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });

export function LogRow({ row, needle, current, times }) {
  if (row.mark) return html`<div class="log-row log-mark">${row.text}</div>`;
  const kind = row.source === "nimbus" ? "nimbus" : row.level;
  return html`<div class=${`log-row level-${kind}${current ? " current" : ""}`}>
    <span class="log-number" title=${exact(row.at)}>${row.number}</span>
    ${times && html`<time class="log-time">${clock.format(new Date(row.at))}</time>`}
    <bdi class="log-text">${pieces(row, needle).map(Piece)}<${Rest} row=${row} /></bdi>
  </div>`;
}

function pieces(row, needle) {
  const shown = overwritten(row.text).slice(0, MAX_SHOWN);
  return highlight(parseAnsi(shown, row.style).spans, needle);
}

function Piece({ text, style, hit }) {
  const classes = ["bold", "dim", "italic", "underline", "inverse", "strike"].filter((flag) => style[flag]);
  if (typeof style.fg === "number") classes.push(`fg-${style.fg}`);
  if (typeof style.bg === "number") classes.push(`bg-${style.bg}`);
  const own = {};
  if (typeof style.fg === "string") own["--fg"] = style.fg;
  if (typeof style.bg === "string") own["--bg"] = style.bg;
  if (own["--fg"]) classes.push("fg-own");
  if (own["--bg"]) classes.push("bg-own");
  const shown = hit ? html`<mark>${visible(text)}</mark>` : visible(text);
  return classes.length ? html`<span class=${classes.join(" ")} style=${own}>${shown}</span>` : shown;
}

function Rest({ row }) {
  const rest = overwritten(row.text).length - MAX_SHOWN;
  return rest > 0 ? html`<em class="log-rest"> … ${rest.toLocaleString("en")} more characters, whole in the download</em>` : null;
}
