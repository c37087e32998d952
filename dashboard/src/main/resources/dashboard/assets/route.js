// Which page an address means, and moving between addresses without loading anything again.
import { useEffect, useState } from "./ui.js";

const changes = new EventTarget();
let lastList = "/";

/** The tenant named in the address, or empty for one's own. */
export const currentOrg = () => new URLSearchParams(location.search).get("org") ?? "";

/** A local link: a path with parameters, empty ones left out, keeping the chosen tenant. */
export function link(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ org: currentOrg(), ...params })) {
    if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

/** The list of jobs as it was last looked at. */
export const backToList = () => (sameOrg(lastList) ? lastList : link("/"));

/** What an address means. */
function routeOf({ pathname, search }) {
  const params = Object.fromEntries(new URLSearchParams(search));
  if (pathname === "/" || pathname === "/jobs") return { page: "jobs", params };
  if (pathname === "/hosts") return { page: "hosts", params };
  const job = pathname.match(/^\/jobs\/([^/]+)\/?$/);
  if (job) return { page: "job", id: decodeURIComponent(job[1]), params };
  return { page: "nothing", params };
}

export function go(href) {
  history.pushState(null, "", href);
  changes.dispatchEvent(new Event("change"));
}

/** Changes the address in place, so that Back does not walk through every keystroke. */
export function amend(href) {
  history.replaceState(null, "", href);
  changes.dispatchEvent(new Event("change"));
}

/** The route of the current address, drawn again when it changes. */
export function useRoute() {
  const [route, setRoute] = useState(() => routeOf(location));
  useEffect(() => {
    const changed = () => setRoute(routeOf(location));
    changes.addEventListener("change", changed);
    window.addEventListener("popstate", changed);
    document.addEventListener("click", follow);
    return () => {
      changes.removeEventListener("change", changed);
      window.removeEventListener("popstate", changed);
      document.removeEventListener("click", follow);
    };
  }, []);
  if (route.page === "jobs") lastList = location.pathname + location.search;
  return route;
}

function follow(event) {
  const anchor = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!anchor || !plain || event.defaultPrevented || anchor.hasAttribute("download")) return;
  const target = new URL(anchor.href);
  if (target.origin !== location.origin || routeOf(target).page === "nothing") return;
  event.preventDefault();
  go(target.pathname + target.search);
}

function sameOrg(href) {
  return (new URL(href, location.origin).searchParams.get("org") ?? "") === currentOrg();
}
