// Who has an appointment shows it: the code and four digits, or its picture held to a reader of codes.
import { icon, make } from "../shared/page.js";
import { PressRefused, PressUncertain } from "../shared/press.js";
import { backButton, heading } from "./cards.js";
import { keypad } from "./pad.js";
import { scroller } from "./scroller.js";

const LINK = /\/b\/([\w.~-]+)/;
/** Between two signs of a reader there is no longer pause than this. */
const READER = 300;
/** Signs of a code after its letters: so many are usual, so many possible. */
const USUAL = 3;
const MOST = { code: 5, digits: 4 };

/** What a reader types within a moment and ends with Enter: `found` is given the word of an appointment's link. */
export class LinkReader {
  constructor(found) {
    Object.assign(this, { found, burst: "", heard: -READER });
  }

  isReading(press) {
    return press.timeStamp - this.heard < READER;
  }

  /** Whether the sign belongs to what a reader types: nobody's fingers are at letters and digits so fast. */
  isWithin(press) {
    return this.isReading(press) && /[^0-9]/.test(this.burst);
  }

  sign(press) {
    this.burst = this.isReading(press) ? this.burst + press.key : press.key;
    this.heard = press.timeStamp;
  }

  /** Whether Enter ended the link of an appointment. */
  end(press) {
    const [, token] = (this.isReading(press) && LINK.exec(this.burst)) || [];
    this.burst = "";
    if (token) this.found(token);
    return Boolean(token);
  }
}

/** `bring(proof)` says what happens with {code, digits} or {token}; `more` stands below what is typed. */
export class CodeEntry {
  constructor(desk, { title, how, send, more = [], bring }) {
    Object.assign(this, { desk, title, more, bring, typed: { code: "", digits: "" }, at: "code", pressed: null });
    this.fields = { code: this.field("code"), digits: this.field("digits") };
    this.said = make("p", { class: "notice bad id-said", role: "alert", hidden: true });
    this.how = make("p", { class: "id-why" }, icon("info"), make("span", {}, how));
    this.lost = make("p", { class: "soft" }, desk.say("appointment_lost"));
    this.after = make("div", { class: "appointment-after", hidden: true });
    this.send = make("button", { class: "button warm take", type: "button", onclick: () => this.enter() },
      icon("check"), make("span", {}, send));
    this.reader = new LinkReader((token) => this.read(token));
    this.hear = (key) => this.key(key);
    addEventListener("keydown", this.hear, { capture: true });
    this.draw();
  }

  leave() {
    removeEventListener("keydown", this.hear, { capture: true });
    this.typed = { code: "", digits: "" };
  }

  /** One of the two things to type; touching it goes on there. */
  field(name) {
    const places = make("span", { class: "id-field code-field", "aria-hidden": "true" });
    const read = make("span", { class: "visually-hidden" });
    const node = make("button", { class: "appointment-field", type: "button", onclick: () => this.turn(name) },
      make("span", {}, this.desk.say(`appointment_${name}`)), places, read);
    return { node, places, read };
  }

  get nodes() {
    const { desk } = this;
    const { list, buttons } = scroller(desk, this.how,
      make("div", { class: "appointment-fields" }, this.fields.code.node, this.fields.digits.node),
      this.said, this.after, ...this.more, this.lost);
    const pad = keypad(desk, { type: (sign) => this.type(sign), erase: () => this.erase(), clear: () => this.clear() });
    return [
      make("div", { class: "view-head" }, heading(this.title)),
      list, pad,
      make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, backButton(desk), buttons), this.send),
    ];
  }

  turn(name) {
    this.at = name;
    this.draw();
  }

  type(sign) {
    if (this.typed[this.at].length >= MOST[this.at]) return;
    this.put(this.at, this.typed[this.at] + sign);
    if (this.at === "code" && this.typed.code.length === USUAL && !this.typed.digits) this.turn("digits");
  }

  erase() {
    if (!this.typed[this.at] && this.at === "digits") this.at = "code";
    this.put(this.at, this.typed[this.at].slice(0, -1));
  }

  clear() {
    this.put("digits", "");
    this.at = "code";
    this.put("code", "");
  }

  put(name, text) {
    this.typed[name] = text;
    Object.assign(this, { pressed: null });
    for (const node of [this.said, this.after]) node.hidden = true;
    for (const node of [this.how, this.lost]) node.hidden = false;
    this.draw();
  }

  draw() {
    const before = { code: [...this.desk.data.booking.prefix], digits: [] };
    for (const [name, { node, places, read }] of Object.entries(this.fields)) {
      const typed = [...this.typed[name]];
      const room = Math.max(name === "code" ? USUAL : MOST.digits, typed.length);
      const signs = [...before[name], ...Array.from({ length: room }, (_, at) => typed[at] ?? "")];
      places.replaceChildren(...signs.map((sign, at) => make("span", { class: at < before[name].length ? "is-given" : "" }, sign)));
      read.textContent = [...before[name], ...typed].join(" ");
      node.setAttribute("aria-pressed", String(name === this.at));
    }
  }

  /** Digits are the field's, whatever has the focus; the line of a reader is looked through when it ends. */
  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || document.querySelector("dialog[open]")) return;
    const onButton = document.activeElement?.closest("button, a");
    if (press.key === "Enter" && this.reader.end(press)) return taken(press);
    if (press.key === "Enter" && !onButton) {
      this.enter();
      return taken(press);
    }
    if (press.key === "Backspace") this.erase();
    else if ([...press.key].length !== 1 || ("*+- ".includes(press.key) && !this.reader.isReading(press))) return;
    else this.sign(press);
    taken(press);
  }

  sign(press) {
    this.reader.sign(press);
    if (/^[0-9]$/.test(press.key)) this.type(press.key);
  }

  read(token) {
    this.clear();
    this.show({ token });
  }

  enter() {
    const { code, digits } = this.typed;
    if (!code || digits.length < MOST.digits) return this.complain(this.desk.say("appointment_short"));
    return this.show({ code: this.desk.data.booking.prefix + code.padStart(USUAL, "0"), digits });
  }

  /** One press at a time; what may have been heard is sent again as the same press. */
  async show(proof) {
    if (this.send.disabled) return;
    if (this.desk.live === false) {
      this.complain(this.desk.say("appointment_cut_off"));
      return;
    }
    this.send.disabled = true;
    try {
      await this.bring(proof);
    } catch (trouble) {
      if (!(trouble instanceof PressUncertain)) this.pressed = null;
      this.complain(troubleWords(this.desk, trouble));
      this.refused?.(trouble);
    } finally {
      this.send.disabled = false;
    }
  }

  /** What can be done now instead: one large button, with room made for it. */
  offer(drawing, words, go) {
    this.after.replaceChildren(make("button", { class: "button primary large", type: "button", onclick: go },
      icon(drawing), make("span", {}, this.desk.say(words))));
    this.after.hidden = false;
    for (const node of [this.how, this.lost]) node.hidden = true;
    this.after.scrollIntoView({ block: "nearest" });
  }

  complain(words) {
    this.said.textContent = words;
    this.said.hidden = false;
    this.said.scrollIntoView({ block: "nearest" });
  }
}

/** What happened and what to do, in a sentence. */
export function troubleWords(desk, trouble) {
  if (trouble instanceof PressRefused) return trouble.problem.detail;
  if (trouble instanceof PressUncertain) return desk.say("missed_uncertain");
  reportError(trouble);
  return desk.say("ask_guide");
}

function taken(press) {
  press.preventDefault();
  press.stopPropagation();
}
