/** Sound that a browser may withhold until somebody touches the screen: one button, there only while it is needed. */

/** `?sound=off` keeps a screen silent, where an announcer speaks beside it. */
export function openSound(button, open) {
  if (new URLSearchParams(location.search).get("sound") === "off") {
    button.remove();
    return { ring: () => Promise.resolve(), unlock() {}, queued: 0, blocked: true };
  }
  const chime = open((blocked) => { button.hidden = !blocked; });
  button.addEventListener("click", () => chime.unlock());
  return chime;
}
