// A real-name service asks for the number of a document: a keypad, a keyboard, or a reader that types.
import { icon, make } from "../../shared/page.js";
import { bookingBy, tell } from "../booking_press.js";
import { backButton, heading, tile } from "../cards.js";
import { LENGTHS } from "../document.js";
import { scroller } from "../scroller.js";
import { taking } from "../taking.js";
import { dayAfter } from "../times.js";
import { Typing } from "../typing.js";

const PAD = ["123", "456", "789", "X0"];
const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];
const GROUPS = new Set([6, 14]);

/** Before a number is taken. */
export function showIdentity(desk, id, ground = "") {
  const service = desk.services.get(id);
  if (!service?.real_name) return null;
  const why = () => desk.say("id_why", { day: dayAfter(desk, desk.data.identity.keep_days) });
  const choice = { ground: ground === "" ? null : Number(ground) };
  return shown(new IdentityView(desk, service, choice, { wire: taking, words: "take", drawing: "ticket", why }));
}

/** Before an appointment is made; a page that was loaded anew has forgotten the telephone number and asks again. */
export function showBookIdentity(desk, id, slot) {
  const service = desk.services.get(id);
  if (!service?.real_name) return null;
  const { wish } = desk;
  desk.wish = null;
  if (wish?.slot !== slot) {
    desk.walk.replace("book", id, slot);
    return { nodes: [] };
  }
  const why = () => desk.say("book_id_why", { day: dayAfter(desk, desk.data.booking.keep_days, new Date(slot)) });
  return shown(new IdentityView(desk, service, wish, { wire: bookingBy, words: "book_send", drawing: "calendar", why }));
}

function shown(view) {
  return { leave: () => view.leave(), nodes: view.nodes };
}

class IdentityView {
  /** `wire` makes the button do what it is for; `why` says what for and how long the document is remembered. */
  constructor(desk, service, choice, { wire, words, drawing, why }) {
    Object.assign(this, { desk, service, eyes: false, reason: why, choice: { ...choice, refuse: () => this.refuse() } });
    this.build(words, drawing);
    this.typing = new Typing(desk, {
      changed: () => this.changed(),
      entered: () => this.takeButton.click(),
      isBusy: () => Boolean(this.takeButton.dataset.busy),
    });
    this.tellWhy = () => this.sayWhy();
    desk.addEventListener("live", this.tellWhy);
    this.sayWhy();
    this.unwire = wire(desk, service, this.choice, this.takeButton, this.said);
    this.turned();
  }

  leave() {
    this.unwire();
    this.desk.removeEventListener("live", this.tellWhy);
    this.typing.leave();
    Object.assign(this.choice, { identity: null, phone: "", pressed: null });
    this.field.replaceChildren();
  }

  build(words, drawing) {
    const { desk } = this;
    this.title = heading();
    this.why = make("span");
    this.field = make("div", { class: "id-field", "aria-hidden": "true" });
    this.count = make("p", { class: "soft id-count", role: "status" });
    this.said = make("div", { class: "notice bad id-said", role: "alert", hidden: true });
    this.eye = make("button", { class: "button", type: "button", "aria-pressed": "false", onclick: () => this.turnEyes() },
      icon("search"), make("span", {}, desk.say("id_show")));
    this.other = make("button", { class: "button id-other", type: "button", onclick: () => this.turn() }, icon("paper"), make("span"));
    this.pad = make("div", { class: "id-pad", role: "group", "aria-label": desk.say("id_keys") });
    this.takeButton = make("button", { class: "button warm take", type: "button" }, icon(drawing), make("span", {}, desk.say(words)));
  }

  get nodes() {
    const { desk, service } = this;
    const { list, buttons } = scroller(desk, make("p", { class: "id-why" }, icon("info"), this.why), make("div", { class: "id-entry" }, this.field, this.count), this.said,
      make("div", { class: "pair" }, desk.data.identity.others ? this.other : make("p", { class: "soft" }, desk.say("id_guide")), this.eye));
    return [
      make("div", { class: "view-head" }, tile(desk.departments.get(service.department)),
        make("div", {}, make("p", { class: "soft" }, service.name), this.title)),
      list,
      this.pad,
      make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, backButton(desk), buttons), this.takeButton),
    ];
  }

  /** Why, what is kept and until when; the hall's date is known as soon as the hall is. */
  sayWhy() {
    const { desk } = this;
    if (desk.live !== null) this.why.textContent = this.reason();
  }

  turn() {
    this.typing.turn();
    this.turned();
  }

  /** The words and keys of the kind of document. */
  turned() {
    const { desk } = this;
    const isCard = this.typing.kind === "resident";
    this.title.textContent = desk.say(isCard ? "id_title" : "id_title_other");
    this.other.querySelector("span").textContent = desk.say(isCard ? "id_other" : "id_resident");
    this.pad.className = isCard ? "id-pad" : "keyboard";
    this.pad.replaceChildren(...rows(this, isCard ? PAD : ROWS));
    this.changed();
  }

  /** Everything that follows from what is typed so far; a press under way belonged to what was typed before. */
  changed() {
    this.choice.pressed = null;
    this.draw();
    this.said.hidden = true;
    if (this.typing.kind === "resident" && this.typing.isFull && !this.typing.number) this.complain();
  }

  draw() {
    const { typing, desk } = this;
    const room = typing.kind === "resident" ? LENGTHS.resident : typing.field.length;
    this.field.replaceChildren(...Array.from({ length: room }, (_, place) => this.sign(place)));
    this.count.textContent = desk.say(typing.kind === "resident" ? "id_count" : "id_count_other", { count: typing.field.length });
  }

  /** Hidden, but for the one typed last; nobody behind reads along. */
  sign(place) {
    const { field } = this.typing;
    const shown = this.eyes || place === field.length - 1;
    const group = this.typing.kind === "resident" && GROUPS.has(place) ? "id-group" : "";
    const sign = place >= field.length ? "" : shown ? field[place] : "●";
    return make("span", { class: `${group} ${sign === "●" ? "id-hidden" : ""}` }, sign);
  }

  turnEyes() {
    this.eyes = !this.eyes;
    this.eye.setAttribute("aria-pressed", String(this.eyes));
    this.draw();
  }

  get fault() {
    const { kind, isFull } = this.typing;
    if (kind === "other") return "id_wrong_other";
    return isFull ? "id_wrong" : "id_short";
  }

  /** Whether the press ends here; else the number goes with it. Without the hall nobody can be checked. */
  refuse() {
    const { kind, number } = this.typing;
    if (!this.desk.live) return this.complain("not_live");
    if (!number) return this.complain();
    this.choice.identity = { document: kind, number };
    return false;
  }

  complain(key = this.fault) {
    tell(this.said, this.desk.say(key));
    return true;
  }
}

function rows(view, signs) {
  const { desk, typing } = view;
  const lines = signs.map((row) => [...row].map((sign) => key("key", sign, () => typing.type(sign))));
  lines.at(-1).push(key("key", icon("erase"), () => typing.erase(), desk.say("erase")));
  lines.push([key("key key-wide", desk.say("clear"), () => typing.clear())]);
  return lines.map((row) => make("div", { class: "keys" }, ...row));
}

function key(name, content, onclick, label = null) {
  return make("button", { class: name, type: "button", onclick, "aria-label": label }, content);
}
