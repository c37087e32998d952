// The frame around every page: who is signed in, where one is, and the keys that work everywhere.
import { read, session } from "./api.js";
import { HelpDialog } from "./help-dialog.js";
import { HostsPage } from "./hosts-page.js";
import { JobPage } from "./job-page.js";
import { JobsPage } from "./jobs-page.js";
import { useKeys } from "./keys.js";
import { Empty } from "./parts.js";
import { backToList, go, link, useRoute } from "./route.js";
import { SignInPage } from "./sign-in-page.js";
import { TopBar } from "./top-bar.js";
import { html, useEffect, useRef, useState } from "./ui.js";

/** "asking" until the first answer, then "in" or "out". */
function useSession() {
  const [standing, setStanding] = useState("asking");
  const [orgs, setOrgs] = useState([]);
  useEffect(() => {
    const lost = () => setStanding("out");
    session.addEventListener("lost", lost);
    read("/api/orgs").then(
      (page) => {
        setOrgs(page.items.map((org) => org.id));
        setStanding("in");
      },
      (problem) => problem.status !== 401 && setStanding("in"),
    );
    return () => session.removeEventListener("lost", lost);
  }, []);
  return { standing, orgs };
}

export function App() {
  const route = useRoute();
  const { standing, orgs } = useSession();
  const [helping, setHelping] = useState(false);
  useKeys({
    "?": () => setHelping(true),
    "g j": () => go(backToList()),
    "g h": () => go(link("/hosts")),
  });
  const main = useRef(null);
  const place = `${route.page} ${route.id ?? ""} ${route.params.org ?? ""}`;
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [place]);
  if (standing === "asking") return null;
  if (standing === "out") return html`<${SignInPage} refused=${route.params["sign-in"] === "refused"} />`;
  return html`
    <a class="skip" href="#main">Skip to content</a>
    <${TopBar} route=${route} orgs=${orgs} onHelp=${() => setHelping(true)} />
    <main id="main" ref=${main} tabindex="-1" key=${place}>
      <${Page} route=${route} />
    </main>
    ${helping && html`<${HelpDialog} onClose=${() => setHelping(false)} />`}`;
}

function Page({ route }) {
  switch (route.page) {
    case "jobs":
      return html`<${JobsPage} params=${route.params} />`;
    case "job":
      return html`<${JobPage} id=${route.id} />`;
    case "hosts":
      return html`<${HostsPage} />`;
    default:
      return html`<${Empty} title="There is no such page">
        <a href=${link("/")}>Jobs</a> and <a href=${link("/hosts")}>hosts</a> are here.
      <//>`;
  }
}
