// Which buttons can be pressed now; while a press is under way, or has just changed their meaning, none.
import { isAsking } from "./dialogs.js";
import { find, findAll } from "./page_parts.js";

const ALWAYS = new Set(["help", "sign_out", "choose", "sit_again", "select", "print"]);
const MAIN = find('[data-action="primary"]');

export function drawButtons({ acting, guard, desk }) {
  const can = desk.view ? acting.can() : {};
  for (const button of findAll("[data-action]")) {
    const { action } = button.dataset;
    if (ALWAYS.has(action)) continue;
    button.disabled = action.startsWith("outcome_") ? desk.mode !== "serving" : !can[action];
    button.setAttribute("aria-disabled", String(button.disabled || !guard.open));
  }
  document.body.classList.toggle("pressing", guard.busy);
  if (isLost(document.activeElement)) focusMain();
}

/** The big button has the focus whenever nothing else needs it. */
export function focusMain() {
  if (!isAsking() && !MAIN.disabled) MAIN.focus({ preventScroll: true });
}

function isLost(element) {
  return !element || element === document.body || (element.matches("[data-action]") && element.disabled);
}
