// What somebody without a session sees: how to get one.
import { Command, useTitle } from "./parts.js";
import { Cloud } from "./top-bar.js";
import { html } from "./ui.js";

export function SignInPage({ refused }) {
  useTitle("Sign in");
  return html`<main class="lone sign-in">
    <div class="brand"><${Cloud} /><span>Nimbus</span></div>
    <h1>Sign in with a link</h1>
    ${refused && html`<p class="trouble" role="alert">That link was used before, or is too old. Links work once.</p>`}
    <p>There is no password. On the machine that runs Nimbus, this prints a link that signs this browser in, once:</p>
    <${Command} text="nimbus dashboard" />
    <p>Nothing running yet? This starts everything on one machine, and prints such a link too:</p>
    <${Command} text="nimbus up" />
    <p class="fine">The session is a cookie that scripts cannot read. No token is kept in this page.</p>
  </main>`;
}
