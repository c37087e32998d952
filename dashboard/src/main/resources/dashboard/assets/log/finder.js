// Finding text in a log that still grows: each row is looked at once per search.
import { plainText } from "./buffer.js";

export class Finder {
  hits = [];
  #scanned = 0;

  constructor(needle) {
    this.needle = needle.toLowerCase();
  }

  /** Looks at the rows that are new; hits are row numbers counted from the log's very first. */
  scan(buffer) {
    const end = buffer.dropped + buffer.rows.length - (buffer.growing ? 1 : 0);
    if (!this.needle) return;
    for (let i = Math.max(this.#scanned, buffer.dropped); i < end; i += 1) {
      if (plainText(buffer.rows[i - buffer.dropped]).toLowerCase().includes(this.needle)) this.hits.push(i);
    }
    this.#scanned = end;
    while (this.hits[0] < buffer.dropped) this.hits.shift();
  }

  /** The hit after (1) or before (-1) a row, around the end; -1 when there is none. */
  next(from, direction) {
    if (this.hits.length === 0) return -1;
    if (direction > 0) return this.hits.find((hit) => hit > from) ?? this.hits[0];
    return this.hits.findLast((hit) => hit < from) ?? this.hits.at(-1);
  }
}

/** Cuts spans where the needle begins and ends; pieces inside it have `hit`. */
export function highlight(spans, needle) {
  if (!needle) return spans;
  const whole = spans.map((span) => span.text).join("").toLowerCase();
  const edges = [];
  for (let at = whole.indexOf(needle); at >= 0; at = whole.indexOf(needle, at + needle.length)) {
    edges.push(at, at + needle.length);
  }
  return edges.length ? cut(spans, edges) : spans;
}

function cut(spans, edges) {
  const pieces = [];
  let start = 0;
  let edge = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    for (let from = start; from < end;) {
      while (edge < edges.length && edges[edge] <= from) edge += 1;
      const to = Math.min(end, edges[edge] ?? end);
      pieces.push({ ...span, text: span.text.slice(from - start, to - start), hit: edge % 2 === 1 });
      from = to;
    }
    start = end;
  }
  return pieces;
}
