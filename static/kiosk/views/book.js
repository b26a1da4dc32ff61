// An appointment for another day, made at the kiosk: a day, a half hour, the telephone number, and the code to come with.
import { icon, make } from "../../shared/page.js";
import { bookingBy, tell } from "../booking_press.js";
import { backButton } from "../cards.js";
import { keypad } from "../pad.js";
import { scroller } from "../scroller.js";
import { DAY, head, showTimes } from "../slot_times.js";
import { clockTime, dayName } from "../times.js";

const LONGEST = 15;
const SHORTEST = 6;

/** `at`: nothing yet, a day such as 2026-10-13, or the instant of a half hour. */
export function showBook(desk, id, at = "") {
  const service = desk.services.get(id);
  if (!service?.bookable) return null;
  if (at.length <= DAY) return showTimes(desk, service, at, (chosen) => desk.walk.go("book", service.id, chosen));
  const view = new Who(desk, service, at);
  return { leave: () => view.leave(), nodes: view.nodes };
}

/** The telephone number; a real-name service then asks for a document (identity.js) before anything is sent. */
class Who {
  constructor(desk, service, slot) {
    Object.assign(this, { desk, service, choice: { slot, phone: "", refuse: () => this.refuse() } });
    this.field = make("p", { class: "id-field book-phone", "aria-live": "off" });
    this.said = make("div", { class: "notice bad id-said", role: "alert", hidden: true });
    const [drawing, words] = service.real_name ? ["next", "book_next"] : ["calendar", "book_send"];
    this.send = make("button", { class: "button warm take", type: "button" }, icon(drawing), make("span", {}, desk.say(words)));
    this.unwire = bookingBy(desk, service, this.choice, this.send, this.said);
    this.hear = (key) => this.key(key);
    addEventListener("keydown", this.hear, { capture: true });
  }

  leave() {
    removeEventListener("keydown", this.hear, { capture: true });
    this.unwire();
    this.put("");
  }

  get nodes() {
    const { desk } = this;
    const at = new Date(this.choice.slot);
    const { list, buttons } = scroller(desk,
      make("p", { class: "book-chosen" }, icon("calendar"), `${dayName(desk, at)} ${clockTime(desk, at)}`),
      make("p", { class: "id-why" }, icon("info"), make("span", {}, desk.say("book_phone_why"))),
      make("div", { class: "id-entry" }, this.field), this.said);
    const pad = keypad(desk, { type: (sign) => this.type(sign), erase: () => this.put(this.choice.phone.slice(0, -1)), clear: () => this.put("") });
    return [
      head(desk, this.service, desk.say("book_phone")), list, pad,
      make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, backButton(desk), buttons), this.send),
    ];
  }

  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || document.querySelector("dialog[open]")) return;
    if (press.key === "Backspace") this.put(this.choice.phone.slice(0, -1));
    else if (/^[0-9]$/.test(press.key)) this.type(press.key);
    else if (press.key !== "Enter" || document.activeElement?.closest("button, a")) return;
    else this.send.click();
    press.preventDefault();
    press.stopPropagation();
  }

  type(sign) {
    if (this.choice.phone.length < LONGEST) this.put(this.choice.phone + sign);
  }

  put(phone) {
    Object.assign(this.choice, { phone, pressed: null });
    this.field.textContent = phone;
    this.said.hidden = true;
  }

  /** Whether the press ends here: too short, or a document comes next. */
  refuse() {
    const { desk, service, choice } = this;
    if (choice.phone.length < SHORTEST) tell(this.said, desk.say("book_phone_short"));
    else if (service.real_name && desk.live) {
      desk.wish = { slot: choice.slot, phone: choice.phone };
      desk.walk.go("id-book", service.id, choice.slot);
    } else return false;
    return true;
  }
}
