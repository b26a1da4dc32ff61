// Dialogs that ask before a press: each gives "yes", or "" when the clerk goes back.
import { find, findAll } from "./page_parts.js";

export function isAsking() {
  return Boolean(find("dialog[open]"));
}

/** Opens a dialog and waits for its end. */
export function ask(name) {
  const dialog = find(`[data-dialog="${name}"]`);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

/** Closes what was asked about a ticket or the window: the state it was asked in is gone. */
export function withdraw() {
  for (const dialog of findAll("dialog[open]:is(.transfer, .pause, .leave)")) dialog.close("");
}

for (const button of findAll("dialog [data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close(""));
}
