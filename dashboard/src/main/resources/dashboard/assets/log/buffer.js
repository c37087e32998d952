// The lines of a log as they arrive: in order, once each, parts joined, bounded.
import { PLAIN, parseAnsi, withoutAnsi } from "./ansi.js";

const MAX_ROWS = 200_000;
const MAX_CHARS = 64_000_000;
const DROP_SHARE = 0.1;

/**
 * A row is {number, at, level, source, text, style}: the style is the one earlier lines left the
 * terminal in. A row with `mark` only says that another attempt begins.
 */
export class LogBuffer {
  rows = [];
  dropped = 0;
  #position = [0, 0];
  #count = 0;
  #chars = 0;
  #open = null;
  #style = PLAIN;

  constructor(maxRows = MAX_ROWS, maxChars = MAX_CHARS) {
    this.maxRows = maxRows;
    this.maxChars = maxChars;
  }

  /** Adds a line; one that is here already, or was, changes nothing. */
  append(line) {
    const attempt = line.attempt ?? 0;
    const [lastAttempt, lastSequence] = this.#position;
    if (attempt < lastAttempt || (attempt === lastAttempt && line.sequence <= lastSequence)) return;
    if (attempt !== lastAttempt) this.#begin(attempt, lastAttempt > 0);
    this.#position = [attempt, line.sequence];
    if (this.#open?.source === line.source) this.#open.text += line.text;
    else this.#add(line);
    this.#chars += line.text.length;
    if (line.complete) this.#finish();
    if (this.rows.length > this.maxRows || this.#chars > this.maxChars) this.#shrink();
  }

  /** How many lines the job printed, those no longer held included. */
  get count() {
    return this.#count;
  }

  /** Whether the last row still grows. */
  get growing() {
    return this.#open !== null;
  }

  /** Everything held, as plain text. */
  text() {
    return this.rows.map((row) => `${plainText(row)}\n`).join("");
  }

  #begin(attempt, another) {
    this.#open = null;
    this.#style = PLAIN;
    if (another) this.rows.push({ mark: true, text: `Another attempt begins (fence ${attempt})`, style: PLAIN });
  }

  #add(line) {
    this.#count += 1;
    const { at, level, source, text } = line;
    this.#open = { number: this.#count, at, level, source, text, style: this.#style };
    this.rows.push(this.#open);
  }

  #finish() {
    const { text, style, source } = this.#open;
    if (source !== "nimbus" && text.includes("\u001b")) this.#style = parseAnsi(text, style).style;
    this.#open = null;
  }

  #shrink() {
    const gone = this.rows.splice(0, Math.max(1, Math.floor(this.rows.length * DROP_SHARE)));
    this.dropped += gone.length;
    this.#chars -= gone.reduce((sum, row) => sum + row.text.length, 0);
  }
}

/** What a terminal would show of a row: escapes gone, and what a carriage return wrote over too. */
export function plainText(row) {
  return overwritten(withoutAnsi(row.text));
}

/** The last thing written on a line that was written over, as progress bars do. */
export function overwritten(text) {
  return text.includes("\r") ? text.split("\r").findLast((part) => part !== "") ?? "" : text;
}
