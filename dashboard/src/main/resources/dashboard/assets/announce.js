// Says changes aloud to those who listen to the page instead of seeing it.

/** Puts a sentence into the page's live region. */
export function announce(sentence) {
  document.getElementById("announcements").textContent = sentence;
}
