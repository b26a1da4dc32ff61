// The pause dialog: a reason, and what the sign tells those who come.
import { ask } from "./dialogs.js";
import { find } from "./page_parts.js";

const DIALOG = find('[data-dialog="pause"]');
const FORM = find("form", DIALOG);

FORM.addEventListener("change", showTarget);

/** The body of the press, or null when the clerk goes back. */
export async function askPause(window, isServing) {
  find("[data-pause-serving]", DIALOG).hidden = !isServing;
  for (const option of FORM.elements.window.options) option.hidden = option.disabled = option.value === window;
  if (FORM.elements.window.value === window) FORM.elements.window.value = firstOther(window);
  showTarget();
  return (await ask("pause")) === "yes" ? said() : null;
}

function firstOther(window) {
  return [...FORM.elements.window.options].find((option) => option.value !== window)?.value ?? "";
}

function showTarget() {
  find(".go-to", DIALOG).hidden = FORM.elements.sign.value !== "go_to";
}

function said() {
  const { reason, sign, window } = FORM.elements;
  return { reason: reason.value, sign: { kind: sign.value, window: sign.value === "go_to" ? window.value : null } };
}
