// The bar on top: name, pages, tenant, help, sign-out.
import { act } from "./api.js";
import { backToList, go, link } from "./route.js";
import { html } from "./ui.js";

export function TopBar({ route, orgs, onHelp }) {
  const onJobs = route.page === "jobs" || route.page === "job";
  return html`<header class="top">
    <a class="brand" href=${link("/")} aria-label="Nimbus, all jobs"><${Cloud} /><span>Nimbus</span></a>
    <nav aria-label="Pages">
      <a href=${route.page === "job" ? backToList() : link("/")} aria-current=${onJobs ? "page" : null}>Jobs</a>
      <a href=${link("/hosts")} aria-current=${route.page === "hosts" ? "page" : null}>Hosts</a>
    </nav>
    <div class="top-end">
      ${orgs.length > 1 && html`<${OrgChoice} orgs=${orgs} chosen=${route.params.org} />`}
      <button type="button" class="quiet" onClick=${onHelp} aria-keyshortcuts="?">Keys <kbd>?</kbd></button>
      <button type="button" class="quiet" onClick=${signOut}>Sign out</button>
    </div>
  </header>`;
}

function OrgChoice({ orgs, chosen }) {
  const selected = chosen ?? (orgs.includes("default") ? "default" : orgs[0]);
  const choose = (event) => go(`${location.pathname === "/hosts" ? "/hosts" : "/"}?org=${encodeURIComponent(event.target.value)}`);
  return html`<label class="org">
    <span class="unseen">Tenant</span>
    <select value=${selected} onChange=${choose}>
      ${orgs.map((org) => html`<option key=${org} value=${org}>${org}</option>`)}
    </select>
  </label>`;
}

async function signOut() {
  await act("/sign-out");
  location.assign("/");
}

export function Cloud() {
  return html`<svg class="cloud" viewBox="0 0 24 20" aria-hidden="true">
    <path d="M6.2 17.5a4.7 4.7 0 0 1-.5-9.37A6.4 6.4 0 0 1 18 9.4a4.1 4.1 0 0 1-.4 8.1z" />
  </svg>`;
}
