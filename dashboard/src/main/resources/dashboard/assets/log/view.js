// The log's window: of a hundred thousand rows only those on the screen exist.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../ui.js";
import { LogRow } from "./row.js";

const ROW_PX = 20;
const SPARE_ROWS = 12;

/** `shown` is {needle, current}: what is searched, and the row (from the log's first) to look at. */
export function LogView({ buffer, following, onFollow, shown, times, children }) {
  const frame = useRef(null);
  const scrolled = useRef(0);
  const dropped = useRef(buffer.dropped);
  const [span, setSpan] = useState({ top: 0, height: 600 });
  const look = () => setSpan({ top: frame.current.scrollTop, height: frame.current.clientHeight });

  useEffect(() => {
    const watch = new ResizeObserver(look);
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);

  useLayoutEffect(() => {
    const lost = buffer.dropped - dropped.current;
    dropped.current = buffer.dropped;
    if (following) frame.current.scrollTop = frame.current.scrollHeight;
    else if (lost) frame.current.scrollTop -= lost * ROW_PX;
  });

  useLayoutEffect(() => {
    if (shown.current < 0) return;
    const middle = (shown.current - buffer.dropped) * ROW_PX - frame.current.clientHeight / 2;
    frame.current.scrollTop = Math.max(0, middle);
  }, [shown.current]);

  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = frame.current;
    const atEnd = scrollHeight - scrollTop - clientHeight < ROW_PX;
    if (scrollTop < scrolled.current && !atEnd) onFollow(false);
    else if (atEnd && shown.current < 0) onFollow(true);
    scrolled.current = scrollTop;
    look();
  };

  const from = Math.max(0, Math.floor(span.top / ROW_PX) - SPARE_ROWS);
  const to = Math.min(buffer.rows.length, Math.ceil((span.top + span.height) / ROW_PX) + SPARE_ROWS);
  const rows = buffer.rows.slice(from, to);
  return html`<div ref=${frame} class="log-frame" tabindex="0" role="region" aria-label="Log lines" onScroll=${onScroll}>
    ${children}
    <div class="log-space" style=${{ height: `${buffer.rows.length * ROW_PX}px` }}>
      <div class="log-rows" style=${{ transform: `translateY(${from * ROW_PX}px)`, "--digits": String(buffer.count).length }}>
        ${rows.map((row, i) => html`<${LogRow} key=${buffer.dropped + from + i} row=${row} needle=${shown.needle}
          current=${buffer.dropped + from + i === shown.current} times=${times} />`)}
      </div>
    </div>
  </div>`;
}
