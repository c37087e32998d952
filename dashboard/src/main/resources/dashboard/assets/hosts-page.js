// The hosts: how much of each is used, what it is for, and whether it is there.
import { read } from "./api.js";
import { usePoll } from "./live.js";
import { Empty, Labels, Trouble, useTitle } from "./parts.js";
import { bytes, number, plural } from "./text.js";
import { Ago } from "./times.js";
import { html } from "./ui.js";

const POLL_MS = 2000;

export function HostsPage() {
  const { data, problem } = usePoll((signal) => read("/api/hosts", {}, signal), POLL_MS, "");
  const hosts = [...(data?.items ?? [])].sort((a, b) => b.alive - a.alive || a.id.localeCompare(b.id));
  useTitle("Hosts");
  return html`<div class="hosts">
    <div class="heading"><h1 tabindex="-1">Hosts</h1>${hosts.length > 0 && html`<${Summary} hosts=${hosts} />`}</div>
    <${Trouble} problem=${problem} />
    ${data && hosts.length === 0 && html`<${Empty} title="No host has registered" command="nimbus host-agent">
      Jobs wait until a machine offers to run them. <code>nimbus up</code> brings one with it; on another machine:
    <//>`}
    <ul class="host-list">${hosts.map((host) => html`<${Host} key=${host.id} host=${host} />`)}</ul>
  </div>`;
}

function Summary({ hosts }) {
  const alive = hosts.filter((host) => host.alive);
  const sum = (what) => alive.reduce((total, host) => total + host[what], 0);
  return html`<p class="fine">
    ${alive.length} of ${plural(hosts.length, "host")} alive · ${number(sum("cpus_used"))} of ${number(sum("cpus"))} cpus${" "}
    · ${bytes(sum("memory_used_bytes"))} of ${bytes(sum("memory_bytes"))} · ${sum("leases")} of ${plural(sum("slots"), "slot")} taken
  </p>`;
}

function Host({ host }) {
  return html`<li class="host" data-alive=${String(host.alive)}>
    <div class="host-name">
      <h2>${host.id}</h2>
      <p class=${host.alive ? "presence alive" : "presence"}>
        ${host.alive ? "alive" : html`last seen <${Ago} at=${host.seen_at} />`}
      </p>
      <p class="fine">${host.version}${host.shared ? " · shared by all tenants" : ""} · here since <${Ago} at=${host.registered_at} /></p>
    </div>
    <div class="bars">
      <${Bar} name="cpus" used=${host.cpus_used} of=${host.cpus} say=${number} />
      <${Bar} name="memory" used=${host.memory_used_bytes} of=${host.memory_bytes} say=${bytes} />
      <${Bar} name="slots" used=${host.leases} of=${host.slots} say=${number} />
    </div>
    <div class="host-about">
      <div class="labels"><${Labels} labels=${host.labels} /></div>
      <${Isolation} reductions=${host.reductions} />
    </div>
  </li>`;
}

function Bar({ name, used, of, say }) {
  const share = of > 0 ? Math.min(1, used / of) : 0;
  const figures = `${say(used)} of ${say(of)}`;
  return html`<div class="bar">
    <span class="bar-name">${name}</span>
    <div class="bar-track" role="meter" aria-label=${name} aria-valuemin="0" aria-valuemax=${of} aria-valuenow=${used} aria-valuetext=${figures}>
      <div class=${share >= 0.9 ? "bar-fill full" : "bar-fill"} style=${{ width: `${share * 100}%` }}></div>
    </div>
    <span class="figure">${figures}</span>
  </div>`;
}

function Isolation({ reductions }) {
  if (reductions.length === 0) return html`<p class="isolation">Full isolation</p>`;
  return html`<div class="isolation reduced">
    <p>Isolation is reduced:</p>
    <ul>${reductions.map((reduction) => html`<li key=${reduction}>${reduction}</li>`)}</ul>
  </div>`;
}
