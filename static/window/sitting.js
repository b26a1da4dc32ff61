// Taking a seat: at a free window at once, at a taken one only after the clerk has said so.
import { here } from "../shared/page.js";
import { press, PressRefused } from "../shared/press.js";
import { ask } from "./dialogs.js";
import { fillIn, say } from "./page_parts.js";

/** True when the clerk sits there now; a refusal that is no question goes to `trouble`. */
export async function sitAt(window, trouble) {
  const waiting = () => trouble(say("waits_for_hall"));
  try {
    await press(`/api/v1/windows/${window}/sit`, { take_over: false }, { waiting });
    return true;
  } catch (fault) {
    if (fault instanceof PressRefused && fault.code === "window_taken") return takeOver(window, trouble, waiting);
    trouble(sentenceOf(fault));
    return false;
  }
}

async function takeOver(window, trouble, waiting) {
  const response = await fetch(`/api/v1/windows/${window}`, { headers: { Accept: "application/json" } });
  const { view } = await response.json();
  fillIn("take-over-title", say("take_over", { name: here(view.clerk?.name), window }));
  if ((await ask("take_over")) !== "yes") return false;
  try {
    await press(`/api/v1/windows/${window}/sit`, { take_over: true }, { waiting });
    return true;
  } catch (fault) {
    trouble(sentenceOf(fault));
    return false;
  }
}

function sentenceOf(fault) {
  if (!fault.problem) reportError(fault);
  return fault.problem?.detail ?? say("no_answer");
}
