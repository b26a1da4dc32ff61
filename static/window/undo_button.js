// The undo: what it would take back, and how many seconds are left.
import { fillIn, find, say } from "./page_parts.js";
import { sentenceOf } from "./message.js";

const BUTTON = find('[data-action="undo"]');

export function drawUndo(desk, now) {
  const press = desk.mode === "away" ? null : desk.undoing.at(now);
  BUTTON.hidden = !press;
  if (!press) return;
  const what = sentenceOf(press.steps, "undo", desk.window);
  fillIn("undo", what ? say("undo", { what }) : say("undo_last"));
  fillIn("undo-seconds", say("undo_seconds", { seconds: Math.ceil((Date.parse(press.until) - now) / 1000) }));
}
