// An appointment's holder arrives: the code and four digits, or the picture held to a reader; the code is called, no number.
import { icon, make } from "../../shared/page.js";
import { freshKey, press, PressRefused, PressUncertain } from "../../shared/press.js";
import { backButton, heading } from "../cards.js";
import { keypad } from "../pad.js";
import { scroller } from "../scroller.js";
import { clockTime } from "../times.js";

const LINK = /\/b\/([\w.~-]+)/;
/** Between two signs of a reader there is no longer pause than this. */
const READER = 300;
/** Signs of a code after its letters: so many are usual, so many possible. */
const USUAL = 3;
const MOST = { code: 5, digits: 4 };

export function showAppointment(desk) {
  if (!desk.data.booking.prefix) return null;
  const view = new AppointmentView(desk);
  return { leave: () => view.leave(), nodes: view.nodes };
}

class AppointmentView {
  constructor(desk) {
    Object.assign(this, { desk, typed: { code: "", digits: "" }, at: "code", burst: "", heard: -READER, pressed: null });
    this.fields = { code: this.field("code"), digits: this.field("digits") };
    this.said = make("p", { class: "notice bad id-said", role: "alert", hidden: true });
    this.how = make("p", { class: "id-why" }, icon("info"), make("span", {}, desk.say("appointment_how")));
    this.lost = make("p", { class: "soft" }, desk.say("appointment_lost"));
    this.after = make("div", { class: "appointment-after", hidden: true });
    this.send = make("button", { class: "button warm take", type: "button", onclick: () => this.enter() },
      icon("check"), make("span", {}, desk.say("appointment_send")));
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
    const { list, buttons } = scroller(desk,
      this.how,
      make("div", { class: "appointment-fields" }, this.fields.code.node, this.fields.digits.node), this.said, this.after, this.lost);
    const pad = keypad(desk, { type: (sign) => this.type(sign), erase: () => this.erase(), clear: () => this.clear() });
    return [
      make("div", { class: "view-head" }, heading(desk.say("appointment"))),
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
    const isReading = press.timeStamp - this.heard < READER;
    const onButton = document.activeElement?.closest("button, a");
    if (press.key === "Enter" && isReading && this.read()) return taken(press);
    if (press.key === "Enter" && !onButton) {
      this.enter();
      return taken(press);
    }
    if (press.key === "Backspace") this.erase();
    else if ([...press.key].length !== 1 || ("*+- ".includes(press.key) && !isReading)) return;
    else this.sign(press, isReading);
    taken(press);
  }

  sign({ key: sign, timeStamp }, isReading) {
    this.burst = isReading ? this.burst + sign : sign;
    this.heard = timeStamp;
    if (/^[0-9]$/.test(sign)) this.type(sign);
  }

  read() {
    const [, token] = LINK.exec(this.burst) ?? [];
    this.burst = "";
    if (!token) return false;
    this.clear();
    this.bring({ token });
    return true;
  }

  enter() {
    const { code, digits } = this.typed;
    if (!code || digits.length < MOST.digits) return this.complain(this.desk.say("appointment_short"));
    return this.bring({ code: this.desk.data.booking.prefix + code.padStart(USUAL, "0"), digits });
  }

  async bring(proof) {
    if (this.send.disabled) return;
    if (this.desk.live === false) {
      this.complain(this.desk.say("appointment_cut_off"));
      return;
    }
    this.send.disabled = true;
    this.pressed ??= { key: freshKey(), proof };
    try {
      const { key, proof: shown } = this.pressed;
      this.arrived(await press("/api/v1/bookings/check_in", shown, { key }));
    } catch (trouble) {
      if (!(trouble instanceof PressUncertain)) this.pressed = null;
      this.refused(trouble);
    } finally {
      this.send.disabled = false;
    }
  }

  /** The ticket whose number is the code; without one the time was over. */
  arrived({ booking, ticket }) {
    if (!ticket) return this.tooLate(booking);
    sessionStorage.setItem("kiosk.ticket", JSON.stringify({ ...ticket, ground: null, booked: true }));
    this.desk.walk.replace("ticket");
  }

  tooLate({ code, closes, service }) {
    this.complain(this.desk.say("appointment_over", { code, closes: clockTime(this.desk, new Date(closes)) }));
    this.walkIn(() => this.desk.walk.go("s", service));
  }

  refused(trouble) {
    this.complain(sentence(this.desk, trouble));
    if (trouble.problem?.code === "booking_over") this.walkIn(() => this.desk.walk.home());
  }

  walkIn(go) {
    this.after.replaceChildren(make("button", { class: "button primary large", type: "button", onclick: go },
      icon("ticket"), make("span", {}, this.desk.say("appointment_walk_in"))));
    this.after.hidden = false;
    for (const node of [this.how, this.lost]) node.hidden = true; // room for what can be done now
    this.after.scrollIntoView({ block: "nearest" });
  }

  complain(words) {
    this.said.textContent = words;
    this.said.hidden = false;
    this.said.scrollIntoView({ block: "nearest" });
  }
}

function sentence(desk, trouble) {
  if (trouble instanceof PressRefused) return trouble.problem.detail;
  if (trouble instanceof PressUncertain) return desk.say("missed_uncertain");
  reportError(trouble);
  return desk.say("ask_guide");
}

function taken(press) {
  press.preventDefault();
  press.stopPropagation();
}
