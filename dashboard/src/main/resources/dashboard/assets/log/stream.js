// The log of one job, read as it is written, drawn at most twenty times a second.
import { address, jobPath, read } from "../api.js";
import { listen } from "../live.js";
import { useEffect, useRef, useState } from "../ui.js";
import { LogBuffer } from "./buffer.js";

const AGAIN_MS = 4000;
const DRAW_MS = 50;

/**
 * Follows a job's log. `over` says whether the job has ended: one that is retried is followed
 * again. Gives the buffer, whether nothing more will come, whether the host never sent the last
 * lines, and what stands in the way.
 */
export function useLog(id, over) {
  const buffer = useRef(null);
  buffer.current ??= new LogBuffer();
  const [, redraw] = useState(0);
  const [complete, setComplete] = useState(false);
  const [cutOff, setCutOff] = useState(false);
  const [problem, setProblem] = useState(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!over && complete) setRound((n) => n + 1);
  }, [over]);
  useEffect(() => {
    const draw = nowAndThen(() => redraw((n) => n + 1));
    let timer = 0;
    setComplete(false);
    const line = (data) => {
      buffer.current.append(data);
      draw();
    };
    const end = (data) => {
      setCutOff(data?.complete === false);
      setComplete(true);
      return true;
    };
    const refused = async () => {
      setProblem(await read(`${jobPath(id)}/logs`, { limit: "1" }).then(() => null, (refusal) => refusal));
      timer = setTimeout(() => setRound((n) => n + 1), AGAIN_MS);
    };
    const open = () => setProblem(null);
    const stop = listen(address(`${jobPath(id)}/logs`, { follow: "true" }), { open, line, end }, refused);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id, round]);
  return { buffer: buffer.current, complete, cutOff, problem };
}

function nowAndThen(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    setTimeout(() => requestAnimationFrame(() => {
      asked = false;
      work();
    }), DRAW_MS);
  };
}
