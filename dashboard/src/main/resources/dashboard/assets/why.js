// Why waiting jobs wait: asked for rows on the screen only, a few at a time, now and then.
import { jobPath, read } from "./api.js";
import { useEffect, useState } from "./ui.js";

const AGAIN_MS = 10_000;
const AT_ONCE = 4;
const line = [];
let asking = 0;

/** The one reason why a job waits, or empty while it is not known; `row` is a ref to its element. */
export function useWhy(job, row) {
  const [why, setWhy] = useState("");
  useEffect(() => {
    if (job.state !== "waiting") return undefined;
    let timer = 0;
    let gone = false;
    let seen = false;
    const ask = async () => {
      clearTimeout(timer);
      const answer = document.hidden ? null : await inTurn(() => gone || !seen ? null : read(`${jobPath(job.id)}/why`));
      if (gone) return;
      if (answer?.state === "waiting") setWhy(answer.reason);
      if (seen) timer = setTimeout(ask, AGAIN_MS);
    };
    const watch = new IntersectionObserver((entries) => {
      const visible = entries.at(-1).isIntersecting;
      if (visible && !seen) {
        seen = true;
        ask();
      }
      seen = visible;
    });
    watch.observe(row.current);
    return () => {
      gone = true;
      clearTimeout(timer);
      watch.disconnect();
    };
  }, [job.id, job.state]);
  return job.state === "waiting" ? why : "";
}

/** Runs a question when its turn comes; a refused one has no answer. */
function inTurn(question) {
  return new Promise((resolve) => {
    line.push(() => Promise.resolve(question()).catch(() => null).then(resolve));
    next();
  });
}

async function next() {
  if (asking >= AT_ONCE || line.length === 0) return;
  asking += 1;
  await line.shift()();
  asking -= 1;
  next();
}
