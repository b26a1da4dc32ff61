// Who is named for a month, a quarter, a year: the proposal beside what is published; released, or taken back name by name.
import { honoursOf, publish, unpublish } from "./api.js";
import { data, find, here, make, momentText, monthNames, nameOf, plain, say, tag } from "./desk.js";

const BOTH = ["window", "clerk"];

find("period").addEventListener("change", () => {
  history.replaceState(null, "", `?${new URLSearchParams({ period: find("period").value })}`);
  load();
});
load();

async function load(said = "") {
  const period = find("period").value;
  const lists = await Promise.all(BOTH.map((by) => honoursOf(by, period)));
  if (lists.includes(null) || period !== find("period").value) return;
  find("honours").replaceChildren(said && make("p", { class: "notice good", role: "status", tabindex: -1, "data-said": true }, said), ...lists.map(listOf));
  find("said")?.focus();
}

const kindOf = (period) => (period.includes("Q") ? "quarter" : period.includes("-") ? "month" : "year");

function listOf(list) {
  const id = `t-honour-${list.by}`;
  const named = list.candidates.filter((each) => each.named);
  const gone = new Set(list.taken_back.map(({ subject }) => subject));
  return make("section", { class: "card stack", "aria-labelledby": id, "data-list": list.by },
    make("h3", { id }, say(`honour_${list.by}_${kindOf(list.period)}`)),
    list.missing.length > 0 && make("p", { class: "notice caution" }, say("months_lacking", { months: monthNames(list.missing) })),
    list.published.length > 0 && published(list),
    !list.published.length || list.differs ? proposal(list, named.filter(({ subject }) => !gone.has(subject))) : null,
    leftOut(list));
}

/* what is shown already */

function published(list) {
  return make("div", { class: "stack" }, make("p", {}, tag("good", say("published", { time: momentText(list.published_at) }))), whereShown(list),
    make("ol", { class: "honoured" }, ...list.published.map((each) => make("li", { class: "card", "data-named": each.subject }, person(list, each),
      data.may_release && make("button", { class: "button quiet danger", type: "button", onclick: (event) => askBack(event, list, each) }, say("honour_back"))))));
}

/** Boards show the windows of a month, and only where that was chosen. */
function whereShown({ by, period }) {
  if (by !== "window" || kindOf(period) !== "month") return make("p", { class: "soft" }, say("shown"));
  return make("p", { class: "soft" }, say("shown_window_month"), " ", make("a", { href: "/office#boards" }, say("to_boards")));
}

function person(list, each) {
  return [make("b", { class: "number", "aria-label": say("place", { n: each.place }) }, String(each.place)),
    make("span", {}, make("b", {}, list.by === "window" ? nameOf("window", each.subject) : here(each.name)),
      each.score !== undefined && each.score !== null && make("span", { class: "soft" }, ` ${say("score")} ${plain(each.score)}`))];
}

function askBack(event, list, each) {
  const reason = make("input", { id: `back-${list.by}-${each.subject}`, maxlength: 500, required: true });
  const form = make("form", { class: "stack really card", onsubmit: async (sent) => {
    sent.preventDefault();
    if (await unpublish({ period: list.period, by: list.by, subject: each.subject, reason: reason.value })) await load(say("back_said"));
  } }, make("div", { class: "field" }, make("label", { for: reason.id }, say("back_reason")), reason),
  make("div", { class: "row" }, make("button", { class: "button danger", type: "submit" }, say("honour_back")),
    make("button", { class: "button", type: "button", onclick: () => load() }, say("cancel"))));
  event.currentTarget.closest("li").after(make("li", { class: "wide" }, form));
  event.currentTarget.hidden = true;
  reason.focus();
}

/* the proposal */

function proposal(list, named) {
  const nothing = !named.length;
  return make("div", { class: "stack" }, !nothing && make("p", {}, tag("", say("proposed"))),
    nothing ? make("p", { class: "soft" }, say(whyNobody(list))) :
      make("ol", { class: "honoured" }, ...named.map((each) => make("li", { class: "card", "data-proposed": each.subject }, person(list, each)))),
    list.places && named.length > list.places ? make("p", { class: "notice caution", "data-equal": true }, say("equal_ones", { n: named.length, places: list.places })) : null,
    !nothing && data.may_release && make("div", {}, make("button", { class: "button primary", type: "button", "data-publish": list.by, onclick: (event) => askRelease(event, list) }, say("honour_release"))));
}

function whyNobody({ by, places, candidates }) {
  if (places === 0) return `none_${by}`;
  return candidates.length ? "nobody_named" : "not_ready";
}

/** The question stands in the page, where the button was. */
function askRelease(event, list) {
  const yes = make("button", { class: "button primary", type: "button", "data-publish-now": true, onclick: () => go(list) }, say("honour_release"));
  event.currentTarget.parentElement.replaceChildren(make("div", { class: "really card stack", role: "group", "aria-label": say("really_release") },
    make("p", {}, make("b", {}, say("really_release"))),
    make("div", { class: "row" }, yes, make("button", { class: "button", type: "button", onclick: () => load() }, say("cancel")))));
  yes.focus();
}

async function go(list) {
  if (await publish({ period: list.period, by: list.by, missing: list.missing.length > 0 })) await load(say("released_honour"));
}

/* who isn't on the list although ranked or barred */

function leftOut({ candidates, by, taken_back: taken }) {
  const out = candidates.filter((each) => each.left_out);
  if (!out.length && !taken.length) return null;
  return make("details", {}, make("summary", {}, say("left_out_title", { n: out.length + taken.length })),
    make("ul", {}, ...out.map((each) => make("li", {}, `${by === "window" ? nameOf("window", each.subject) : here(each.name)}: ${whyWords(each.left_out)}`)),
      ...taken.map((each) => make("li", {}, say("back_by", { whose: nameOf(by, each.subject), time: momentText(each.at), reason: each.reason })))));
}

const whyWords = (why) => say(why.startsWith("barred:") ? "left_out_barred" : `left_out_${why}`);
