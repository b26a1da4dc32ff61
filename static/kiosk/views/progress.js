// How far a number of today is, or a case: typed on big keys or a keyboard, answered by the hall, kept by nobody.
import { here, icon, make } from "../../shared/page.js";
import { backButton, heading } from "../cards.js";
import { scroller } from "../scroller.js";
import { dateOf } from "../times.js";

const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-"];
const KINDS = {
  number: { title: "progress_title", path: "/api/v1/progress/", tell: tellNumber, most: 8 },
  case: { title: "case_title", path: "/api/v1/cases/", tell: tellCase, most: 40 },
};

export function showProgress(desk, name = "number") {
  const kind = KINDS[name];
  if (!kind || (name === "case" && !desk.data.cases)) return null;
  const field = make("input", {
    class: "find-field", type: "text", inputmode: "none", autocomplete: "off", spellcheck: "false", maxlength: kind.most,
    "aria-label": desk.say(kind.title), "data-first": true,
  });
  const told = make("div", { class: "looked-up", role: "status" });
  const ask = () => field.value.trim() && look(desk, kind, field.value.trim().toUpperCase(), told);
  field.addEventListener("keydown", (key) => key.key === "Enter" && ask());
  const { list, buttons } = scroller(desk, told, desk.data.cases && otherButton(desk, name));
  return {
    nodes: [
      make("div", { class: "view-head" }, heading(desk.say(kind.title))),
      make("div", { class: "find-box look-box" }, icon("ticket"), field),
      list,
      keyboard(desk, field, kind.most, ask),
      make("div", { class: "actions" }, backButton(desk), buttons),
    ],
  };
}

function otherButton(desk, name) {
  const [other, words] = name === "case" ? ["number", "progress_number"] : ["case", "progress_case"];
  return make("button", { class: "button", type: "button", onclick: () => desk.walk.replace("progress", other) }, desk.say(words));
}

async function look(desk, kind, typed, told) {
  try {
    const answer = await fetch(kind.path + encodeURIComponent(typed));
    const said = await answer.json();
    told.replaceChildren(...(answer.ok ? kind.tell(desk, said) : [make("p", { class: "notice caution" }, said.detail)]));
  } catch (trouble) {
    told.replaceChildren(make("p", { class: "notice caution" }, desk.say("look_trouble")));
    reportError(trouble);
  }
}

function tellNumber(desk, said) {
  const key = said.state === "waiting" && !said.ahead ? "state_waiting_next" : `state_${said.state}`;
  return [
    make("p", { class: "number" }, said.number),
    make("p", { class: "soft" }, desk.services.get(said.service)?.name ?? ""),
    make("p", { class: "looked-up-state" }, desk.say(key, said)),
  ];
}

function tellCase(desk, said) {
  const facts = [
    ["case_state", desk.say(`case_${said.state}`)],
    said.since && ["case_since", dateOf(desk, said.since)],
    said.due && ["case_due", dateOf(desk, said.due)],
    said.place && ["case_place", here(said.place)],
  ].filter(Boolean);
  return [make("dl", { class: "guide-facts" }, ...facts.map(([name, words]) =>
    make("div", {}, make("dt", {}, desk.say(name)), make("dd", {}, words))))];
}

function keyboard(desk, field, most, ask) {
  const put = (text) => {
    field.value = text.slice(0, most);
  };
  const rows = ROWS.map((row) => [...row].map((sign) => key("key", sign, () => put(field.value + sign))));
  rows.at(-1).push(key("key key-wide", icon("erase"), () => put(field.value.slice(0, -1)), desk.say("erase")));
  rows.push([key("key key-wide", desk.say("clear"), () => put("")), key("key key-space look-key", desk.say("look"), ask)]);
  return make("div", { class: "keyboard", role: "group" }, ...rows.map((row) => make("div", { class: "keys" }, ...row)));
}

function key(name, content, onclick, label = null) {
  return make("button", { class: name, type: "button", onclick, "aria-label": label }, content);
}
