// Ten large digits with a key that erases one sign and one that erases all.
import { icon, make } from "../shared/page.js";

const ROWS = ["123", "456", "789", "0"];

export function keypad(desk, { type, erase, clear }) {
  const rows = ROWS.map((row) => [...row].map((sign) => key(sign, () => type(sign))));
  rows.at(-1).unshift(key(icon("close"), clear, desk.say("clear")));
  rows.at(-1).push(key(icon("erase"), erase, desk.say("erase")));
  return make("div", { class: "id-pad", role: "group", "aria-label": desk.say("id_keys") },
    ...rows.map((row) => make("div", { class: "keys" }, ...row)));
}

function key(content, onclick, label = null) {
  return make("button", { class: "key", type: "button", onclick, "aria-label": label }, content);
}
