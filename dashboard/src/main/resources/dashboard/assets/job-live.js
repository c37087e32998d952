// One job with its history, kept fresh by its events.
import { announce } from "./announce.js";
import { address, jobPath, read } from "./api.js";
import { listen } from "./live.js";
import { spoken } from "./states.js";
import { useEffect, useRef, useState } from "./ui.js";

const AGAIN_MS = 3000;

/** Gives {detail, problem, reload}; detail is null until the first answer. */
export function useJob(id) {
  const [state, setState] = useState({ detail: null, problem: null });
  const watcher = useRef(null);
  useEffect(() => {
    watcher.current = watch(id, setState);
    return watcher.current.stop;
  }, [id]);
  return { ...state, reload: () => watcher.current.load() };
}

function watch(id, setState) {
  let job = null;
  let stopped = false;
  let timer = 0;
  let hangUp = null;

  const take = (next) => {
    if (job && job.state !== next.state) announce(`Job ${next.id} is ${spoken(next.state)}.`);
    job = next;
  };
  const load = async () => {
    clearTimeout(timer);
    try {
      const detail = await read(jobPath(id));
      if (stopped) return;
      take(detail.job);
      setState({ detail, problem: null });
      if (!job.ended_at) open();
    } catch (problem) {
      if (stopped) return;
      setState((old) => ({ ...old, problem }));
      if (problem.status !== 404) timer = setTimeout(load, AGAIN_MS);
    }
  };
  const open = () => {
    hangUp ??= listen(address(`${jobPath(id)}/events`), { job: changed }, () => {
      close();
      timer = setTimeout(load, AGAIN_MS);
    });
  };
  const changed = (next) => {
    if (next.revision <= job.revision) return false;
    take(next);
    setState((old) => ({ ...old, detail: { ...old.detail, job: next } }));
    if (next.ended_at) close();
    load();
    return false;
  };
  const close = () => {
    hangUp?.();
    hangUp = null;
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    close();
  };
  load();
  return { load, stop };
}
