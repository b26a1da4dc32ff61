// The last step of making an appointment, and finding one again: one press, then the holder's page.
import { make, pageData, words } from "../shared/page.js";
import { near, Pressing } from "./pressing.js";

const data = pageData();
const say = words(data);
const pressing = new Pressing(say);

wire("[data-book]", book);
wire("[data-find]", find);

function wire(name, work) {
  const form = document.querySelector(name);
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) work(form.elements).catch(reportError);
  });
}

async function book({ phone, document: kind, number }) {
  const { service, slot, language } = data;
  const identity = number?.value.trim() && { document: kind?.value ?? "resident", number: number.value.trim() };
  const wish = { service, slot, language, phone: phone.value.trim(), ...(identity && { identity }) };
  const answer = await pressing.send("/api/v1/bookings", wish, (problem) => near(say, problem, link));
  if (answer) location.replace(answer.booking.link);
}

function link({ slot, time, until }) {
  const address = `/book?service=${encodeURIComponent(data.service)}&slot=${encodeURIComponent(slot)}`;
  return make("a", { class: "button large", href: address }, `${dayOf(slot)} ${time} – ${until}`);
}

function dayOf(slot) {
  const options = { weekday: "short", month: "short", day: "numeric", timeZone: data.zone };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(slot));
}

async function find({ day, code, digits }) {
  const wish = { day: day.value, code: code.value.trim(), digits: digits.value.trim() };
  const answer = await pressing.send("/api/v1/bookings/find", wish);
  if (answer) location.assign(answer.link);
}
