// Cancel and retry, each after a question.
import { announce } from "./announce.js";
import { act, jobPath } from "./api.js";
import { Question } from "./dialog.js";
import { useKeys } from "./keys.js";
import { Trouble } from "./parts.js";
import { html, useState } from "./ui.js";

export function JobActions({ job, reload }) {
  const [asked, setAsked] = useState("");
  const [problem, setProblem] = useState(null);
  const cancellable = !job.ended_at && !job.cancelling;
  const retryable = Boolean(job.ended_at) && job.state !== "rejected";
  useKeys({
    c: () => cancellable && setAsked("cancel"),
    r: () => retryable && setAsked("retry"),
  });
  const run = async () => {
    const what = asked;
    setAsked("");
    try {
      await act(`${jobPath(job.id)}/${what}`);
      setProblem(null);
      announce(what === "cancel" ? "Asked the job to stop." : "The job is back in the queue.");
    } catch (refusal) {
      setProblem(refusal);
    }
    reload();
  };
  return html`<div class="job-actions">
    ${cancellable && html`<button type="button" onClick=${() => setAsked("cancel")} aria-keyshortcuts="c">Cancel</button>`}
    ${retryable && html`<button type="button" onClick=${() => setAsked("retry")} aria-keyshortcuts="r">Retry</button>`}
    <${Trouble} problem=${problem} />
    ${asked === "cancel" && html`<${Question} title="Cancel this job?" yes="Cancel the job" no="Let it go on" danger onYes=${run} onClose=${() => setAsked("")}>
      ${job.started_at ? "Its processes are stopped at once. What it printed so far stays." : "It leaves the queue without having run."}
    <//>`}
    ${asked === "retry" && html`<${Question} title="Run this job again?" yes="Run it again" no="Leave it" onYes=${run} onClose=${() => setAsked("")}>
      It goes back into the queue under the same id; its log continues below the last attempt.
    <//>`}
  </div>`;
}
