// Keyboard shortcuts: single keys and two-key sequences, silent while somebody types.
import { useLayoutEffect, useRef } from "./ui.js";

const SEQUENCE_MS = 1200;
const layers = [];
let first = "";
let firstAt = 0;

/** Binds keys, such as {"j": next, "g h": hosts}, for as long as the caller is on the page. */
export function useKeys(bindings) {
  const layer = useRef(bindings);
  layer.current = bindings;
  useLayoutEffect(() => {
    layers.push(layer);
    return () => layers.splice(layers.indexOf(layer), 1);
  }, []);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (typing(event.target)) return;
  const waited = event.timeStamp - firstAt < SEQUENCE_MS ? first : "";
  const action = bound(waited && `${waited} ${event.key}`) ?? bound(event.key);
  [first, firstAt] = [event.key, event.timeStamp];
  if (!action) return;
  first = "";
  event.preventDefault();
  action(event);
});

function bound(keys) {
  return keys ? layers.findLast((layer) => layer.current[keys])?.current[keys] : undefined;
}

function typing(element) {
  return element.matches?.("input, textarea, select") ?? false;
}
