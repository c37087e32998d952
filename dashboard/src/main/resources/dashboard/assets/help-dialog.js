// The list of keys.
import { Dialog } from "./dialog.js";
import { html } from "./ui.js";

const GROUPS = [
  ["Everywhere", [["g j", "Jobs"], ["g h", "Hosts"], ["?", "This list"], ["Esc", "Back, or leave a field"]]],
  ["Jobs", [["j k", "Next and previous job"], ["Enter", "Open"], ["/", "Filter"], ["[ ]", "Newer and older page"]]],
  ["One job", [["/", "Find in the log"], ["n N", "Next and previous match"], ["f", "Follow the log, or pause"], ["t", "Show times"], ["c", "Cancel, after a question"], ["r", "Retry, after a question"]]],
];

export function HelpDialog({ onClose }) {
  return html`<${Dialog} title="Keys" onClose=${onClose} kind="help">
    <div class="key-groups">
      ${GROUPS.map(([name, keys]) => html`<section key=${name}>
        <h3>${name}</h3>
        <dl>
          ${keys.map(([key, what]) => html`<div key=${key}>
            <dt>${key.split(" ").map((k) => html`<kbd key=${k}>${k}</kbd>`)}</dt>
            <dd>${what}</dd>
          </div>`)}
        </dl>
      </section>`)}
    </div>
    <p class="fine">In the filter, <code>repo:acme/shop</code> and <code>label:gpu</code> narrow by repository and label; other words match anything in the row.</p>
    <form method="dialog" class="answers"><button autofocus>Close</button></form>
  <//>`;
}
