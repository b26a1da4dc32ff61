// A missed call: six digits from the slip, or its square code held to a reader, and the number waits again.
import { icon, make } from "../../shared/page.js";
import { freshKey, press, PressRefused, PressUncertain } from "../../shared/press.js";
import { backButton, heading } from "../cards.js";
import { scroller } from "../scroller.js";

export const DIGITS = 6;
const PAD = ["123", "456", "789", "0"];
const LINK = /\/t\/([\w.~-]+)/;
/** Between two signs of a reader there is no longer pause than this. */
const READER = 300;

export function showMissed(desk) {
  const view = new MissedView(desk);
  return { leave: () => view.leave(), nodes: view.nodes };
}

class MissedView {
  constructor(desk) {
    Object.assign(this, { desk, field: "", burst: "", at: -READER, pressed: null });
    this.places = make("div", { class: "id-field code-field", "aria-hidden": "true" });
    this.count = make("p", { class: "soft id-count", role: "status" });
    this.said = make("p", { class: "notice bad id-said", role: "alert", hidden: true });
    this.send = make("button", { class: "button warm take", type: "button", onclick: () => this.enter() },
      icon("again"), make("span", {}, desk.say("missed_send")));
    this.hear = (key) => this.key(key);
    addEventListener("keydown", this.hear, { capture: true });
    this.draw();
  }

  leave() {
    removeEventListener("keydown", this.hear, { capture: true });
  }

  get nodes() {
    const { desk } = this;
    const { list, buttons } = scroller(desk,
      make("p", { class: "id-why" }, icon("info"), make("span", {}, desk.say("missed_how"))),
      make("div", { class: "id-entry" }, this.places, this.count), this.said,
      make("p", {}, desk.say("missed_limits")), make("p", { class: "soft" }, desk.say("missed_lost")));
    return [
      make("div", { class: "view-head" }, heading(desk.say("missed"))),
      list,
      make("div", { class: "id-pad", role: "group", "aria-label": desk.say("id_keys") }, ...this.keys()),
      make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, backButton(desk), buttons), this.send),
    ];
  }

  keys() {
    const rows = PAD.map((row) => [...row].map((sign) => key("key", sign, () => this.type(sign))));
    rows.at(-1).unshift(key("key", icon("close"), () => this.put(""), this.desk.say("clear")));
    rows.at(-1).push(key("key", icon("erase"), () => this.put(this.field.slice(0, -1)), this.desk.say("erase")));
    return rows.map((row) => make("div", { class: "keys" }, ...row));
  }

  type(sign) {
    if (this.field.length < DIGITS) this.put(this.field + sign);
  }

  put(field) {
    Object.assign(this, { field, pressed: null });
    this.said.hidden = true;
    this.draw();
  }

  draw() {
    this.places.replaceChildren(...Array.from({ length: DIGITS }, (_, at) => make("span", {}, this.field[at] ?? "")));
    this.count.textContent = this.desk.say("missed_count", { count: this.field.length });
  }

  /** Digits are the field's, whatever has the focus; the line of a reader is looked through when it ends. */
  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || document.querySelector("dialog[open]")) return;
    const isReading = press.timeStamp - this.at < READER;
    const onButton = document.activeElement?.closest("button, a");
    if (press.key === "Enter" && isReading && this.read()) return taken(press);
    if (press.key === "Enter" && !onButton) {
      this.enter();
      return taken(press);
    }
    if (press.key === "Backspace") this.put(this.field.slice(0, -1));
    else if ([...press.key].length !== 1 || "*+- ".includes(press.key) && !isReading) return;
    else this.sign(press, isReading);
    taken(press);
  }

  sign({ key: sign, timeStamp }, isReading) {
    this.burst = isReading ? this.burst + sign : sign;
    this.at = timeStamp;
    if (/^[0-9]$/.test(sign)) this.type(sign);
  }

  read() {
    const [, token] = LINK.exec(this.burst) ?? [];
    this.burst = "";
    if (token) this.bring({ token });
    return Boolean(token);
  }

  enter() {
    if (this.field.length === DIGITS) this.bring({ digits: this.field });
    else this.complain(this.desk.say("missed_short"));
  }

  async bring(proof) {
    if (this.send.disabled) return;
    this.send.disabled = true;
    this.pressed ??= { key: freshKey(), proof };
    try {
      const { key: once, proof: shown } = this.pressed;
      const answer = await press("/api/v1/tickets/return", shown, { key: once });
      sessionStorage.setItem("kiosk.ticket", JSON.stringify({ ...answer, ground: null, back: true }));
      this.desk.walk.replace("ticket");
    } catch (trouble) {
      if (!(trouble instanceof PressUncertain)) this.pressed = null;
      this.complain(sentence(this.desk, trouble));
    } finally {
      this.send.disabled = false;
    }
  }

  complain(sentence) {
    this.said.textContent = sentence;
    this.said.hidden = false;
    this.said.scrollIntoView({ block: "nearest" });
  }
}

function sentence(desk, trouble) {
  if (trouble instanceof PressRefused) return trouble.code === "unknown_ticket" ? desk.say("missed_wrong") : trouble.problem.detail;
  if (trouble instanceof PressUncertain) return desk.say("missed_uncertain");
  reportError(trouble);
  return desk.say("ask_guide");
}

function taken(press) {
  press.preventDefault();
  press.stopPropagation();
}

function key(name, content, onclick, label = null) {
  return make("button", { class: name, type: "button", onclick, "aria-label": label }, content);
}
