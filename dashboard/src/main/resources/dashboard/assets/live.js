// Data that keeps itself fresh: polling while the tab is visible, and server-sent events.
import { useEffect, useRef, useState } from "./ui.js";

/**
 * Calls `load(signal)` now, every `period` milliseconds while the tab is visible, and again
 * whenever `key` changes. What was loaded stays while a later call fails; `stale` is what was
 * loaded last under any key.
 */
export function usePoll(load, period, key) {
  const [state, setState] = useState({ key, data: null, problem: null });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    let busy = false;
    const turn = async () => {
      clearTimeout(timer);
      if (busy) return;
      busy = true;
      try {
        const data = await latest.current(abort.signal);
        if (!abort.signal.aborted) setState({ key, data, problem: null });
      } catch (problem) {
        if (!abort.signal.aborted) setState((old) => ({ key, data: old.key === key ? old.data : null, problem }));
      }
      busy = false;
      if (!abort.signal.aborted && !document.hidden) timer = setTimeout(turn, period);
    };
    const seen = () => document.hidden || turn();
    document.addEventListener("visibilitychange", seen);
    turn();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [key, period]);
  return { data: state.key === key ? state.data : null, stale: state.data, problem: state.problem };
}

/**
 * Listens to server-sent events. `handlers` maps event names to functions of their parsed data;
 * one that returns true ends the stream. The browser reconnects by itself after a lost connection;
 * `refused` is called when it gave up.
 */
export function listen(url, handlers, refused) {
  const source = new EventSource(url);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      if (handle(event.data ? JSON.parse(event.data) : null)) source.close();
    });
  }
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) refused();
  });
  return () => source.close();
}
