// Setting ratings aside and putting them back, each with a reason; and the list of what was decided.
import { make } from "../shared/page.js";
import { ask, data, find, look, renew, say } from "./desk.js";

const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
});
let changed = () => {};

/** `reload`: draws everything anew after a decision. */
export function startReviews(reload) {
  changed = reload;
}

/** Boxes beside the ratings of a flag, one for all, and the button; nothing of it for whoever may not decide. */
export function chooser(ratings, clerk) {
  const open = ratings.filter((each) => !each.set_aside);
  if (!data.reviewer || clerk === data.me) return nobody(ratings);
  const boxes = new Map(open.map((each) => [each.ticket, checkbox(say("choose_one", { number: each.number }))]));
  const chosen = () => open.filter((each) => boxes.get(each.ticket).checked);
  const all = checkbox(say("choose_all"));
  const button = make("button", { class: "button", type: "button", disabled: true, onclick: () => aside(chosen()) }, say("set_aside"));
  const count = () => {
    button.disabled = chosen().length === 0;
    all.checked = open.length > 0 && chosen().length === open.length;
  };
  all.onchange = () => {
    for (const box of boxes.values()) box.checked = all.checked;
    count();
  };
  for (const box of boxes.values()) box.onchange = count;
  return {
    head: make("th", { scope: "col" }, open.length ? all : ""),
    box: (each) => make("td", {}, boxes.get(each.ticket) ?? mark()),
    foot: open.length ? make("p", { class: "row" }, button) : null,
  };
}

const checkbox = (name) => make("input", { type: "checkbox", class: "choose", "aria-label": name });
const mark = () => make("span", { class: "tag caution" }, say("is_aside"));

function nobody(ratings) {
  const any = ratings.some((each) => each.set_aside);
  return {
    head: any ? make("th", { scope: "col" }, say("is_aside")) : null,
    box: (each) => (any ? make("td", {}, each.set_aside && mark()) : null),
    foot: null,
  };
}

async function aside(ratings) {
  const n = ratings.length;
  const reason = await why(say("aside_what", { n }), say("aside_about"), say("aside_yes"));
  if (reason) decide("set_aside", ratings.map((each) => each.ticket), reason);
}

async function back({ ticket, number }) {
  const reason = await why(say("back_what", { number }), say("back_about"), say("back_yes"));
  if (reason) decide("put_back", [ticket], reason);
}

async function decide(what, tickets, reason) {
  if (await ask(`/api/v1/ratings/${what}`, { tickets, reason })) changed();
}

/** Asks for the reason; empty when the person thought better of it. */
function why(what, about, yes) {
  const dialog = find("review");
  const field = document.getElementById("review-reason");
  find("review-what").textContent = what;
  find("review-about").textContent = about;
  find("review-yes").textContent = yes;
  field.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes" ? field.value.trim() : "");
  });
}

/** What was decided about the month's ratings; false when it couldn't be learned. */
export async function loadReviews(period) {
  const told = await look(`/api/v1/ratings/reviews?${period}`);
  if (!told) return false;
  const now = told.reviews.filter((each) => !each.back_at).length;
  find("reviews-part").hidden = told.reviews.length === 0;
  find("reviews-n").textContent = String(now);
  renew(find("reviews"), told.reviews.map(row));
  return true;
}

function row(review) {
  return make("tr", { "data-review-of": review.number },
    make("td", {}, review.number),
    make("td", {}, [review.window, data.staff[review.clerk]].filter(Boolean).join(" · ")),
    make("td", {}, say(review.level)),
    make("td", { class: "said" }, decision(review.author, review.at, review.reason)),
    make("td", { class: "said" }, review.back_at ? decision(review.back_by, review.back_at, review.back_reason) : button(review)));
}

function decision(who, at, reason) {
  return [make("q", {}, reason), make("small", {}, say("by_and_when", { who: data.staff[who] ?? who, when: when.format(new Date(at)) }))];
}

function button(review) {
  if (!data.reviewer || review.clerk === data.me) return "–";
  const name = `${say("put_back")} ${review.number}`;
  return make("button", { class: "button quiet", type: "button", "aria-label": name, onclick: () => back(review) }, say("put_back"));
}
