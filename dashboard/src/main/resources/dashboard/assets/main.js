// Starts the page.
import { html, render } from "./ui.js";
import { App } from "./app.js";

render(html`<${App} />`, document.getElementById("page"));
