/**
 * The terminal"s keys, in one table: what each does, on the letters and on a numeric keypad.
 * None of them is a key the browser needs; with Ctrl, Alt or the system key held nothing is taken.
 */

/** action: [keys by their character, keys by their place on the keyboard]. */
export const KEYS = {
  primary: [["F9", "+"], ["NumpadAdd"]],
  recall: [["r", "*"], ["NumpadMultiply"]],
  mark_no_show: [["n", "-"], ["NumpadSubtract"]],
  finish: [["f", "/"], ["NumpadDivide"]],
  hold: [["h"], ["NumpadDecimal"]],
  undo: [["z", "Backspace"], ["Numpad0"]],
  outcome_1: [["1"], ["Numpad1"]],
  outcome_2: [["2"], ["Numpad2"]],
  outcome_3: [["3"], ["Numpad3"]],
  outcome_4: [["4"], ["Numpad4"]],
  resume: [["g"], ["Numpad5"]],
  transfer: [["t"], ["Numpad6"]],
  call: [["c"], ["Numpad7"]],
  pause: [["s"], ["Numpad8"]],
  reinstate: [["b"], ["Numpad9"]],
  postpone: [["p"], []],
  refuse_class: [["e"], []],
  confirm_class: [["v"], []],
  leave: [["l"], []],
  select_next: [["ArrowDown"], []],
  select_previous: [["ArrowUp"], []],
  select_none: [["Escape"], []],
  help: [["?", "？"], []],
};

const CONTROLS = "button, a, input, select, textarea, summary, [role=option]";
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea";

/** The action that a key press asks for, or null; held-down keys ask for nothing. */
export function actionFor(event) {
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (event.target.closest?.(TYPING)) return null;
  if (event.key === "Enter" || event.key === " ") return event.target.closest?.(CONTROLS) ? null : "primary";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const found = Object.entries(KEYS).find(([, [keys, codes]]) => codes.includes(event.code) || keys.includes(key));
  return found ? found[0] : null;
}
