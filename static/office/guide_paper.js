// Numbers that were given out on paper, entered one after the other: number, time, service, Enter.
import { make } from "../shared/page.js";
import { ask, clock, data, find, say } from "./desk.js";
import { ClassChoice } from "./guide_class.js";
import { hasLeft } from "./guide_find.js";
import { Picker, services } from "./guide_picker.js";

const NUMBER = /^([A-Z]{0,3})0*([1-9][0-9]{0,4})$/;
const TIME = /^([01]?[0-9]|2[0-3])[:：.]?([0-5][0-9])$/;

export function startPaper() {
  const form = find("paper-form");
  const fields = {
    number: document.getElementById("paper-number"), time: document.getElementById("paper-time"),
    line: new ClassChoice(form, "paper-priority"), button: form.querySelector("[type=submit]"),
  };
  fields.picker = new Picker(form.querySelector("[data-picker]"), () => fields.button.focus());
  for (const [field, next] of [[fields.number, fields.time], [fields.time, fields.picker.input]]) {
    field.addEventListener("keydown", (key) => key.key === "Enter" && onward(key, next));
    field.addEventListener("input", () => field.setCustomValidity(""));
  }
  form.addEventListener("submit", async (press) => {
    press.preventDefault();
    const body = written(fields);
    if (body) await enter(fields, body);
  });
}

function onward(key, next) {
  key.preventDefault();
  next.focus();
  next.select();
}

/** What stands in the fields, or null after the first wrong one has been pointed at. */
function written({ number, time, picker, line }) {
  const spelled = numberOf(number.value);
  if (!spelled) return wrong(number, "number_wrong", { example: `${data.paper}007` });
  const clockTime = timeOf(time.value);
  if (!clockTime) return wrong(time, "time_wrong");
  if (!picker.service) return wrong(picker.input, "choose_first");
  return {
    number: spelled, time: clockTime, service: picker.service.id, language: data.language,
    ticket_class: line.value,
  };
}

function wrong(field, word, values = {}) {
  field.setCustomValidity(say(word, values));
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
  return null;
}

/** "7" is the seventh slip; other letters are those of a kiosk that doesn't come back. */
export function numberOf(typed) {
  const found = NUMBER.exec(typed.trim().toUpperCase());
  return found && `${found[1] || data.paper}${found[2].padStart(3, "0")}`;
}

/** "915", "0915" and "9:15" are 09:15. */
export function timeOf(typed) {
  const found = TIME.exec(typed.trim());
  return found && `${found[1].padStart(2, "0")}:${found[2]}`;
}

async function enter(fields, body) {
  fields.button.disabled = true;
  const answer = await ask("/api/v1/tickets/paper", body);
  fields.button.disabled = false;
  if (!answer) return fields.number.focus();
  find("entered").prepend(row(answer));
  fields.number.value = following(body.number);
  fields.line.clear();
  fields.picker.clear();
  fields.number.focus();
  fields.number.select();
}

/** The next slip of the pad, ready to be typed over. */
function following(number) {
  const [, letters, place] = NUMBER.exec(number);
  return `${letters}${String(Number(place) + 1).padStart(3, "0")}`;
}

function row({ ticket, joined_at }) {
  const values = { number: ticket.number, service: services.get(ticket.service)?.name, time: clock.format(new Date(joined_at)) };
  const words = make("span", {}, say("entered", values));
  const line = make("li", {}, words, make("button", {
    class: "button quiet", type: "button", onclick: async () => (await hasLeft(ticket)) && line.remove(),
  }, say("take_back")));
  return line;
}
