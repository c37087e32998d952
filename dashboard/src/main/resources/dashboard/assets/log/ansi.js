// Terminal colours in text: escape sequences become spans with a style, everything else they do is dropped.

const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]+[0-~]|[0-Z\\^_a-~])/g;
const FLAGS = { 1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 9: "strike" };
const RESETS = { 22: ["bold", "dim"], 23: ["italic"], 24: ["underline"], 27: ["inverse"], 29: ["strike"], 39: ["fg"], 49: ["bg"] };
const LEVELS = [0, 95, 135, 175, 215, 255];

/** The style of text nobody coloured. */
export const PLAIN = Object.freeze({});

/** Splits text into spans of one style each, starting in `style`; gives the style it ends in. */
export function parseAnsi(text, style = PLAIN) {
  const spans = [];
  let current = style;
  let from = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    if (match.index > from) spans.push({ text: text.slice(from, match.index), style: current });
    if (match[2] === "m") current = styled(current, match[1]);
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), style: current });
  return { spans, style: current };
}

/** Text without its escape sequences. */
export const withoutAnsi = (text) => (text.includes("\u001b") ? text.replace(SEQUENCE, "") : text);

function styled(style, parameters) {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = { ...style };
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === 0) next = {};
    else if (FLAGS[code]) next[FLAGS[code]] = true;
    else if (RESETS[code]) RESETS[code].forEach((name) => delete next[name]);
    else if (code === 38 || code === 48) {
      const { colour, used } = extended(codes.slice(i + 1));
      if (colour !== undefined) next[code === 38 ? "fg" : "bg"] = colour;
      i += used;
    } else Object.assign(next, basic(code));
  }
  return Object.keys(next).length ? next : PLAIN;
}

function basic(code) {
  if (code >= 30 && code <= 37) return { fg: code - 30 };
  if (code >= 90 && code <= 97) return { fg: code - 82 };
  if (code >= 40 && code <= 47) return { bg: code - 40 };
  if (code >= 100 && code <= 107) return { bg: code - 92 };
  return {};
}

/** A colour of the 256 (a number below 16, or an rgb text) or of all, and how many codes name it. */
function extended(codes) {
  if (codes[0] === 5) return { colour: indexed(codes[1]), used: 2 };
  if (codes[0] === 2) return { colour: rgb(codes.slice(1, 4)), used: 4 };
  return { colour: undefined, used: codes.length };
}

function indexed(index) {
  if (!(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return index;
  if (index >= 232) return rgb([8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10]);
  const cube = index - 16;
  return rgb([LEVELS[Math.floor(cube / 36)], LEVELS[Math.floor(cube / 6) % 6], LEVELS[cube % 6]]);
}

function rgb(parts) {
  const legal = parts.length === 3 && parts.every((part) => part >= 0 && part <= 255);
  return legal ? `rgb(${parts.join(" ")})` : undefined;
}
