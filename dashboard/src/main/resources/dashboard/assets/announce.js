// Says changes aloud to those who listen to the page instead of seeing it.

const KEPT = 5;

/** Adds a sentence to the page's live region, where the next one does not cut it off. */
export function announce(sentence) {
  const region = document.getElementById("announcements");
  const paragraph = document.createElement("p");
  paragraph.textContent = sentence;
  region.append(paragraph);
  while (region.childElementCount > KEPT) region.firstElementChild.remove();
}
