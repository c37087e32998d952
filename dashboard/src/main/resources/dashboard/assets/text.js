// Words of a job made safe and short to read: commands, sizes, characters nobody can see.

const SAFE_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

/** A command as one would type it into a shell. */
export function shellLine(words) {
  return words.map((word) => (SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

/** A command on one line. */
export const oneLine = (words) => visible(shellLine(words)).replace(/\s*\n\s*/g, " ⏎ ");

/** Text with control characters in caret notation, and without those that reorder a line. */
export function visible(text) {
  return text
    .replace(CONTROLS, (c) => `^${String.fromCharCode(c.charCodeAt(0) ^ 0x40)}`)
    .replace(BIDI, "\ufffd");
}

/** What a job is for: the forge's job it serves, or its command. */
export function titleOf(job) {
  const { forge } = job;
  if (!forge) return oneLine(job.command);
  return visible([forge.workflow, forge.name].filter(Boolean).join(" / ") || forge.title || oneLine(job.command));
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes in the largest unit that keeps it above one. */
export function bytes(count) {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  const value = count / 1024 ** unit;
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** A count with thousands apart. */
export const count = (n) => n.toLocaleString("en");

/** A number without needless digits. */
export const number = (n) => String(Math.round(n * 100) / 100);

export const plural = (n, word) => `${count(n)} ${word}${n === 1 ? "" : "s"}`;
