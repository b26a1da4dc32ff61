// The ticket printers: how each is and since when, a trial print, and what became of the last slips.
import { icon, make } from "../shared/page.js";
import { ask, clock, data, find, look, say } from "./desk.js";

const CALM = new Set(["ok", "starting"]);
const TAGS = { printed: "good", unsure: "caution", dropped: "bad" };
const TOGETHER = 300;

let printers = [];
let timer = 0;
let changed = () => {};

/** `redraw` is called when a printer has changed, for the list of what needs a look. */
export function startPrinters(redraw) {
  changed = redraw;
  document.querySelector('[data-part="printers"]').addEventListener("click", load);
  load();
}

/** The hall says that something happened at a printer; several things in one moment are asked for once. */
export function printersMoved() {
  clearTimeout(timer);
  timer = setTimeout(load, TOGETHER);
}

/** What a supervisor should look at. */
export function printerFindings() {
  return printers.filter(({ state }) => !CALM.has(state)).map(({ name, state, since, fine }) => ({
    level: fine ? "caution" : "bad", kind: "printer", window: null, text: `${name}: ${say(`printer_${state}`)}`,
    minutes: Math.max(0, Math.floor((Date.now() - new Date(since)) / 60_000)), people: 0,
  }));
}

async function load() {
  const answer = await look("/api/v1/printers");
  if (!answer) return;
  printers = answer.printers;
  find("no-printers").hidden = printers.length > 0;
  find("no-font").hidden = answer.chinese;
  find("printers").replaceChildren(...printers.map((printer) => card(printer, answer.kiosks)));
  find("slips-part").hidden = answer.slips.length === 0;
  find("slips").replaceChildren(...answer.slips.map(slipRow));
  const mark = find("printers-mark");
  const troubled = printers.filter(({ fine, state }) => !fine && !CALM.has(state)).length;
  mark.hidden = troubled === 0;
  mark.textContent = troubled;
  changed();
}

function card(printer, kiosks) {
  const { fine, state, since } = printer;
  const level = CALM.has(state) ? "good" : fine ? "caution" : "bad";
  return make("li", { class: "card stack", "data-printer": printer.printer, "data-state": state },
    make("div", { class: "row spread" }, make("h3", {}, printer.name), make("span", { class: `tag ${level}` }, say(`printer_${state}`))),
    make("dl", { class: "facts" },
      fact("printer_since", clock.format(new Date(since))),
      fact("printer_waiting", String(printer.waiting)),
      fact("printer_place", printer.place),
      fact("printer_paper", say("printer_mm", { paper: printer.paper })),
      fact("printer_for", users(printer, kiosks))),
    !printer.tells && make("p", { class: "soft" }, say("printer_mute")),
    data.may_try && make("div", { class: "row" }, tryButton(printer)));
}

function fact(key, value) {
  return make("div", {}, make("dt", {}, say(key)), make("dd", {}, value));
}

/** The kiosks that asked for it; before one has, what the hall's file says. */
function users({ printer, areas, kiosks: named, windows }, kiosks) {
  const own = Object.keys(kiosks).filter((kiosk) => kiosks[kiosk] === printer).map(kioskName);
  const at = windows.map((n) => say("window_n", { n }));
  if (own.length) return [...own, ...at].join(say("between"));
  const places = areas.map((id) => data.areas.find(({ area }) => area === id)?.name ?? id);
  return [...places, ...named.map(kioskName), ...at].join(say("between")) || say("printer_for_all");
}

const kioskName = (kiosk) => (kiosk === "loopback" ? say("printer_at_machine") : say("printer_kiosk", { kiosk }));

function tryButton({ printer }) {
  const button = make("button", { class: "button", type: "button" }, icon("print"), make("span", {}, say("printer_try")));
  button.addEventListener("click", async () => {
    button.disabled = true;
    await ask(`/api/v1/printers/${encodeURIComponent(printer)}/trial`);
    await load();
  });
  return button;
}

/** Its number, and what else it is than a number's slip. */
function slipName({ what, number }) {
  const kind = what === "ticket" ? "" : say(`slip_${what}`);
  return [number, kind].filter(Boolean).join(" · ");
}

function slipRow(slip) {
  const name = printers.find(({ printer }) => printer === slip.printer)?.name ?? slip.printer;
  const why = slip.why ? ` · ${say(`slip_why_${slip.why}`)}` : "";
  return make("tr", { "data-slip": slip.state },
    make("td", {}, clock.format(new Date(slip.asked_at))),
    make("td", { class: "number" }, slipName(slip), slip.again && make("span", { class: "tag" }, say("slip_again"))),
    make("td", {}, name),
    make("td", {}, make("span", { class: `tag ${TAGS[slip.state] ?? ""}` }, say(`slip_${slip.state}`)), why));
}
