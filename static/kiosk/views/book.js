// An appointment for another day, made at the kiosk: a day, a half hour, the telephone number, and the code to come with.
import { icon, make } from "../../shared/page.js";
import { freshKey, press, PressRefused, PressUncertain } from "../../shared/press.js";
import { backButton, heading } from "../cards.js";
import { keypad } from "../pad.js";
import { scroller } from "../scroller.js";
import { clockTime, dayName } from "../times.js";

const DAYS = 15;
const DAY = "2026-10-13".length;
const LONGEST = 15;
const SHORTEST = 6;

/** `at`: nothing yet, a day such as 2026-10-13, or the instant of a half hour. */
export function showBook(desk, id, at = "") {
  const service = desk.services.get(id);
  if (!service?.bookable) return null;
  if (service.real_name) return elsewhere(desk, service);
  if (at.length <= DAY) return new Times(desk, service, at).view;
  const view = new Who(desk, service, at);
  return { leave: () => view.leave(), nodes: view.nodes };
}

function head(desk, service, title) {
  return make("div", { class: "view-head" }, make("div", {}, make("p", { class: "soft" }, service.name), heading(title)));
}

/** Some moment of that day in the hall's zone. */
function noon(day) {
  return new Date(`${day}T04:00:00Z`);
}

/** Where a document is asked for, too. */
function elsewhere(desk, service) {
  const { list, buttons } = scroller(desk, make("p", { class: "notice" }, icon("info"), make("span", {}, desk.say("book_elsewhere"))),
    make("img", { class: "qr", src: `/kiosk/book/${encodeURIComponent(service.id)}.svg`, alt: desk.say("ends_late_scan"), width: 240, height: 240 }));
  return { nodes: [head(desk, service, desk.say("ends_late_book")), list, make("div", { class: "actions" }, backButton(desk), buttons)] };
}

/** The days with their places, or the half hours of one. */
class Times {
  constructor(desk, service, wanted) {
    Object.assign(this, { desk, service, wanted });
    this.found = make("div", { class: wanted ? "book-slots" : "book-days" },
      make("p", { class: "notice", role: "status" }, desk.say("taking")));
    const { list, buttons } = scroller(desk, this.found);
    const title = wanted ? dayName(desk, noon(wanted)) : desk.say("book_when");
    const look = () => this.look();
    desk.addEventListener("live", look);
    this.view = {
      leave: () => desk.removeEventListener("live", look),
      nodes: [head(desk, service, title), list, make("div", { class: "actions" }, backButton(desk), buttons)],
    };
    look();
  }

  /** As soon as the hall is there; a page that was loaded anew doesn't know yet. */
  look() {
    if (this.shown || this.desk.live === null) return;
    if (this.desk.live) this.load().catch(() => this.say("book_cut_off"));
    else this.say("book_cut_off");
  }

  say(key) {
    this.found.replaceChildren(make("p", { class: "notice caution", role: "status" }, this.desk.say(key)));
  }

  async load() {
    const { service, wanted } = this;
    const asked = new URLSearchParams({ service: service.id, days: wanted ? 1 : DAYS, ...(wanted && { first: wanted }) });
    const answer = await fetch(`/api/v1/bookings/slots?${asked}`, { cache: "no-store" });
    if (!answer.ok) throw new Error(`The hall answered with ${answer.status}`);
    const days = (await answer.json()).days.filter((day) => day.left);
    this.shown = true;
    if (!days.length) this.say("book_none");
    else this.found.replaceChildren(...(wanted ? this.times(days[0]) : days.map((day) => this.day(day))));
  }

  day({ day, slots, left }) {
    return make("button", { class: "button book-day", type: "button", onclick: () => this.desk.walk.go("book", this.service.id, day) },
      make("strong", {}, dayName(this.desk, new Date(slots[0].slot))),
      make("span", { class: "tag good" }, this.desk.say("book_left", { n: left, count: left })), icon("next"));
  }

  times({ slots }) {
    return slots.filter((slot) => slot.left).map(({ slot, time, until }) =>
      make("button", { class: "button large", type: "button", onclick: () => this.desk.walk.go("book", this.service.id, slot) }, `${time} – ${until}`));
  }
}

class Who {
  constructor(desk, service, slot) {
    Object.assign(this, { desk, service, slot, phone: "", pressed: null });
    this.field = make("p", { class: "id-field book-phone", "aria-live": "off" });
    this.said = make("div", { class: "notice bad id-said", role: "alert", hidden: true });
    this.send = make("button", { class: "button warm take", type: "button", onclick: () => this.book() },
      icon("calendar"), make("span", {}, desk.say("book_send")));
    this.hear = (key) => this.key(key);
    addEventListener("keydown", this.hear, { capture: true });
  }

  leave() {
    removeEventListener("keydown", this.hear, { capture: true });
    this.put("");
  }

  get nodes() {
    const { desk } = this;
    const at = new Date(this.slot);
    const { list, buttons } = scroller(desk,
      make("p", { class: "book-chosen" }, icon("calendar"), `${dayName(desk, at)} ${clockTime(desk, at)}`),
      make("p", { class: "id-why" }, icon("info"), make("span", {}, desk.say("book_phone_why"))),
      make("div", { class: "id-entry" }, this.field), this.said);
    const pad = keypad(desk, { type: (sign) => this.type(sign), erase: () => this.put(this.phone.slice(0, -1)), clear: () => this.put("") });
    return [
      head(desk, this.service, desk.say("book_phone")), list, pad,
      make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, backButton(desk), buttons), this.send),
    ];
  }

  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || document.querySelector("dialog[open]")) return;
    if (press.key === "Backspace") this.put(this.phone.slice(0, -1));
    else if (/^[0-9]$/.test(press.key)) this.type(press.key);
    else if (press.key !== "Enter" || document.activeElement?.closest("button, a")) return;
    else this.book();
    press.preventDefault();
    press.stopPropagation();
  }

  type(sign) {
    if (this.phone.length < LONGEST) this.put(this.phone + sign);
  }

  put(phone) {
    Object.assign(this, { phone, pressed: null });
    this.field.textContent = phone;
    this.said.hidden = true;
  }

  async book() {
    const { desk } = this;
    if (this.send.disabled) return;
    if (!desk.live) return this.complain(desk.say("book_cut_off"));
    if (this.phone.length < SHORTEST) return this.complain(desk.say("book_phone_short"));
    this.send.disabled = true;
    this.pressed ??= { key: freshKey(), wish: { service: this.service.id, slot: this.slot, phone: this.phone, language: desk.data.language } };
    try {
      const { booking } = await press("/api/v1/bookings", this.pressed.wish, { key: this.pressed.key });
      sessionStorage.setItem("kiosk.ticket", JSON.stringify({ booking }));
      desk.walk.replace("booked");
    } catch (trouble) {
      if (!(trouble instanceof PressUncertain)) this.pressed = null;
      this.refused(trouble);
    } finally {
      this.send.disabled = false;
    }
  }

  refused(trouble) {
    const { desk } = this;
    if (!(trouble instanceof PressRefused || trouble instanceof PressUncertain)) reportError(trouble);
    const near = (trouble.problem?.near ?? []).map(({ slot, time }) => make("button",
      { class: "button large", type: "button", onclick: () => desk.walk.replace("book", this.service.id, slot) }, `${dayName(desk, new Date(slot))} ${time}`));
    this.complain(trouble instanceof PressRefused ? trouble.problem.detail : desk.say("missed_uncertain"), near);
  }

  complain(words, more = []) {
    this.said.replaceChildren(make("p", {}, words), ...more);
    this.said.hidden = false;
    this.said.scrollIntoView({ block: "nearest" });
  }
}
