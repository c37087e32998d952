// The log of a job with its tools: find, follow, times, download.
import { useKeys } from "../keys.js";
import { Trouble } from "../parts.js";
import { count, plural } from "../text.js";
import { html, useMemo, useRef, useState } from "../ui.js";
import { Finder } from "./finder.js";
import { useLog } from "./stream.js";
import { LogView } from "./view.js";

export function LogPanel({ id, state, over }) {
  const { buffer, complete, cutOff, problem } = useLog(id, over);
  const [following, setFollowing] = useState(true);
  const [times, setTimes] = useState(false);
  const [needle, setNeedle] = useState("");
  const [current, setCurrent] = useState(-1);
  const finder = useMemo(() => new Finder(needle), [needle]);
  const field = useRef(null);
  finder.scan(buffer);
  const follow = (wanted) => {
    setFollowing(wanted);
    if (wanted) setCurrent(-1);
  };
  const step = (direction) => {
    const hit = finder.next(current, direction);
    if (hit < 0) return;
    setFollowing(false);
    setCurrent(hit);
  };
  const search = (text) => {
    setNeedle(text);
    setCurrent(-1);
  };
  useKeys({
    "/": () => field.current.select(), n: () => step(1), N: () => step(-1),
    f: () => follow(!following), t: () => setTimes(!times),
  });
  return html`<section class="log" aria-label="Log">
    <div class="log-tools">
      <h2>Log</h2>
      <${Progress} buffer=${buffer} complete=${complete} cutOff=${cutOff} state=${state} />
      <${FindField} field=${field} needle=${needle} finder=${finder} current=${current} onSearch=${search} onStep=${step} />
      ${!complete && html`<button type="button" aria-pressed=${following} onClick=${() => follow(!following)} aria-keyshortcuts="f">${following ? "Following" : "Follow"}</button>`}
      <button type="button" aria-pressed=${times} onClick=${() => setTimes(!times)} aria-keyshortcuts="t">Times</button>
      <button type="button" disabled=${buffer.count === 0} onClick=${() => download(id, buffer)}>Download</button>
    </div>
    <${Trouble} problem=${problem} />
    <${LogView} buffer=${buffer} following=${following} onFollow=${follow} shown=${{ needle: finder.needle, current }} times=${times}>
      ${buffer.count === 0 && html`<p class="log-empty">${nothingYet(state, complete)}</p>`}
    <//>
  </section>`;
}

function Progress({ buffer, complete, cutOff, state }) {
  const word = complete ? "complete" : state === "running" ? "live" : state === "rejected" ? "never ran" : "open";
  return html`<span class=${`log-progress ${word}`}>
    <span class="log-word">${word}</span> · ${plural(buffer.count, "line")}
    ${complete && cutOff && " · the host never sent its last lines"}
    ${buffer.dropped > 0 && ` · the first ${count(buffer.dropped)} are no longer on this page`}
  </span>`;
}

function FindField({ field, needle, finder, current, onSearch, onStep }) {
  const keys = (event) => {
    if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      if (needle) onSearch("");
      else field.current.blur();
    } else return;
    event.preventDefault();
  };
  const at = finder.hits.indexOf(current) + 1;
  const found = finder.hits.length === 0 ? "none" : at ? `${count(at)} of ${count(finder.hits.length)}` : plural(finder.hits.length, "line");
  return html`<div class="find">
    <label class="filter"><span class="unseen">Find in the log</span>
      <input ref=${field} type="search" value=${needle} placeholder="Find" spellcheck=${false} autocomplete="off"
        onInput=${(event) => onSearch(event.target.value)} onKeyDown=${keys} aria-keyshortcuts="/" />
      <kbd aria-hidden="true">/</kbd>
    </label>
    ${needle && html`<span class="fine figure" role="status">${found}</span>
      <button type="button" class="quiet" onClick=${() => onStep(-1)} aria-label="Previous match">↑</button>
      <button type="button" class="quiet" onClick=${() => onStep(1)} aria-label="Next match">↓</button>`}
  </div>`;
}

function nothingYet(state, complete) {
  if (complete) return "It printed nothing.";
  if (state === "rejected") return "It was refused, and never ran.";
  return state === "waiting" ? "Lines appear here once a host runs it." : "Nothing printed so far.";
}

function download(id, buffer) {
  const start = buffer.dropped ? `[the first ${buffer.dropped} lines are not in this file; nimbus logs ${id} prints all]\n` : "";
  const url = URL.createObjectURL(new Blob([start, buffer.text()], { type: "text/plain" }));
  const anchor = Object.assign(document.createElement("a"), { href: url, download: `${id}.log` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
