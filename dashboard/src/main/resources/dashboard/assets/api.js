// Calls to the control plane this page came from, and what it answers when it says no.
import { noteServerTime } from "./clock.js";
import { currentOrg } from "./route.js";

/** Fires "lost" when the control plane no longer knows who is asking. */
export const session = new EventTarget();

/** A refusal (RFC 9457), or status 0 when nobody answered. */
class Problem extends Error {
  constructor(status, { title = "", detail = "", code = "" }) {
    super(detail || title || `The control plane answered ${status}.`);
    this.status = status;
    this.code = code;
  }
}

/** The address of an API path, with empty parameters left out and the chosen tenant added. */
export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, org: currentOrg() })) {
    if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

export const jobPath = (id) => `/api/jobs/${encodeURIComponent(id)}`;

/** Reads JSON. */
export const read = (path, params, signal) => call("GET", path, params, signal);

/** Asks for something to be done; gives the JSON answered, or null. */
export const act = (path) => call("POST", path);

async function call(method, path, params, signal) {
  const response = await sent(address(path, params), { method, signal, headers: { accept: "application/json" } });
  noteServerTime(response.headers.get("date"));
  if (response.ok) return isJson(response) ? response.json() : null;
  if (response.status === 401) session.dispatchEvent(new Event("lost"));
  throw new Problem(response.status, isJson(response) ? await response.json() : {});
}

async function sent(url, options) {
  try {
    return await fetch(url, options);
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem(0, { detail: "The control plane does not answer." });
  }
}

function isJson(response) {
  return /[/+]json\b/.test(response.headers.get("content-type") ?? "");
}
