// The control plane's time, and a shared tick for figures that grow while one looks at them.
import { useEffect, useState } from "./ui.js";

const TICK = 1000;
const TOLERATED_SKEW = 3000;
const watchers = new Set();
let skew = 0;

/** Learns from a Date header how far this computer's clock is off. */
export function noteServerTime(header) {
  const difference = Date.parse(header ?? "") - Date.now();
  if (Number.isFinite(difference)) skew = Math.abs(difference) > TOLERATED_SKEW ? difference : 0;
}

/** Milliseconds since 1970 by the control plane's clock. */
const now = () => Date.now() + skew;

/** Draws the caller again every second while the tab is visible; gives the time. */
export function useNow(ticking = true) {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!ticking) return undefined;
    const watcher = () => redraw((n) => n + 1);
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, [ticking]);
  return now();
}

setInterval(() => {
  if (!document.hidden) watchers.forEach((watcher) => watcher());
}, TICK);
