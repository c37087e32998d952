// Small pieces every page uses: problems, empty states, things to copy.
import { copyText } from "./clipboard.js";
import { html, useEffect, useState } from "./ui.js";

/** What went wrong, in the words of the service. */
export function Trouble({ problem }) {
  if (!problem || problem.status === 401) return null;
  return html`<p class="trouble" role="alert"><strong>${problem.status || "Offline"}</strong> ${problem.message}</p>`;
}

/** A page with nothing on it yet, and the next command to type. */
export function Empty({ title, command, children }) {
  return html`<div class="empty">
    <h2>${title}</h2>
    <p>${children}</p>
    ${command && html`<${Command} text=${command} />`}
  </div>`;
}

/** A command line to copy. */
export function Command({ text }) {
  return html`<div class="command-line"><code>${text}</code><${Copy} text=${text} what="command" /></div>`;
}

/** A button that copies, and says so. */
export function Copy({ text, what }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
  };
  return html`<button type="button" class="copy" onClick=${copy} aria-label=${`Copy ${what}`} title=${`Copy ${what}`}>
    ${copied ? "Copied" : "Copy"}
  </button>`;
}

/** Labels as small words; with `onPick` they are buttons. */
export function Labels({ labels, onPick }) {
  return labels.map((label) =>
    onPick
      ? html`<button type="button" class="label" key=${label} onClick=${() => onPick(label)} title=${`Only jobs with ${label}`}>${label}</button>`
      : html`<span class="label" key=${label}>${label}</span>`);
}

/** Keeps the tab's title in step with the page. */
export function useTitle(title) {
  useEffect(() => {
    document.title = title ? `${title} · Nimbus` : "Nimbus";
  }, [title]);
}
