// The forge's job that a job of ours serves.
import { visible } from "./text.js";
import { html } from "./ui.js";

const NAMES = { github: "GitHub", gitlab: "GitLab", forgejo: "Forgejo", gitea: "Gitea" };

/** A link to where people look at it, or its name alone where there is no such page. */
export function ForgeLink({ forge }) {
  const name = NAMES[forge.kind] ?? forge.kind;
  if (!/^https?:/.test(forge.link ?? "")) return html`<span class="forge">${name}</span>`;
  return html`<a class="forge" href=${forge.link} target="_blank" rel="noopener noreferrer">${name}<span aria-hidden="true"> ↗</span></a>`;
}

/** One sentence: what caused it, on which branch, by whom. */
export function causeOf({ event, branch, actor, title }) {
  const words = [event, branch && `on ${branch}`, actor && `by ${actor}`].filter(Boolean).join(" ");
  return visible([title, words].filter(Boolean).join(" · "));
}

/** How far the forge says it came. */
export const stageOf = ({ stage, conclusion }) => visible([stage, conclusion].filter(Boolean).join(", "));
