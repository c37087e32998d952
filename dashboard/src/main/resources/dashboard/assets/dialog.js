// A modal dialog: the element's own focus trap, Escape and backdrop.
import { html, useLayoutEffect, useRef } from "./ui.js";

export function Dialog({ title, onClose, children, kind = "" }) {
  const element = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before?.focus?.();
  }, []);
  const outside = (event) => event.target === element.current && element.current.close();
  return html`<dialog ref=${element} class=${kind} aria-labelledby="dialog-title" onClose=${onClose} onClick=${outside}>
    <div class="dialog-body">
      <h2 id="dialog-title">${title}</h2>
      ${children}
    </div>
  </dialog>`;
}

/** A question with two answers; No has the focus, so that Enter alone changes nothing. */
export function Question({ title, yes, no, danger, onYes, onClose, children }) {
  return html`<${Dialog} title=${title} onClose=${onClose} kind="question">
    <p>${children}</p>
    <form method="dialog" class="answers">
      <button autofocus>${no}</button>
      <button type="button" class=${danger ? "danger" : "primary"} onClick=${onYes}>${yes}</button>
    </form>
  <//>`;
}
