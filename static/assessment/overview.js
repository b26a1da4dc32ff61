// Places of a period: windows or clerks, best first, each leading to its score and the lines of it.
import { honoursOf, schemeOn, tableOf } from "./api.js";
import { data, find, here, make, monthNames, nameOf, percent, plain, say, signed, tag } from "./desk.js";
import { partBar } from "./lines.js";
import { isMonth, standingWords } from "./standing.js";

const shown = { by: new URLSearchParams(location.search).get("by") === "clerk" ? "clerk" : "window", period: data.period };

find("period").addEventListener("change", (event) => choose({ period: event.target.value }));
for (const button of document.querySelectorAll("[data-by]")) button.addEventListener("click", () => choose({ by: button.dataset.by }));
choose({});

async function choose(change) {
  const { by, period } = Object.assign(shown, change);
  for (const button of document.querySelectorAll("[data-by]")) button.setAttribute("aria-pressed", String(button.dataset.by === by));
  history.replaceState(null, "", `?${new URLSearchParams(shown)}`);
  find("who").textContent = say(`by_${by}`);
  const told = await tableOf(by, period);
  if (!told || by !== shown.by || period !== shown.period) return;
  const [scheme, honours] = await Promise.all([isMonth(period) ? schemeOn(by, `${period}-01`) : null, honoursOf(by, period)]);
  const named = new Map((honours?.candidates ?? []).filter((each) => each.named).map(({ subject }) => [subject, "proposed"]));
  for (const { subject } of honours?.published ?? []) named.set(subject, "published");
  find("standing").textContent = isMonth(period) ? standingWords(told) : annualWords(told);
  const rows = isMonth(period) ? told.rows : told.rows.map((row, at) => ({ ...row, place: placeIn(told.rows, at), parts: [], ratings: null, deducted: null }));
  find("places").replaceChildren(...[...rows].sort(byPlace).map((each) => row(each, scheme, named.get(each.subject))));
  find("ties").textContent = scheme ? say("ties_by", { rules: scheme.ties.map((each) => say(`tie_${each}`)).join(say("between")) }) : "";
}

const annualWords = ({ missing }) => (missing.length ? say("months_lacking", { months: monthNames(missing) }) : "");
const placeIn = (rows, at) => (rows[at].score === null ? null : rows.findIndex(({ score }) => score === rows[at].score) + 1);
const byPlace = (a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || a.subject.localeCompare(b.subject, undefined, { numeric: true });

/** What was released stands; what would come out now is a remark. */
function row(told, scheme, honour) {
  const score = told.released ?? told.score;
  const address = `/office/assessment/${shown.by}/${encodeURIComponent(told.subject)}?period=${encodeURIComponent(shown.period)}`;
  return make("tr", { "data-subject": told.subject },
    make("td", { class: "figure" }, told.place ? make("b", { class: "number" }, String(told.place)) : "–"),
    make("th", { scope: "row" }, make("a", { href: address }, shown.by === "window" ? nameOf("window", told.subject) : here(told.name))),
    make("td", { class: "figure" }, make("b", { class: "number score-figure" }, score === null ? "–" : plain(score))),
    make("td", {}, told.parts.length > 0 && smallParts(told)),
    make("td", { class: "figure" }, told.deducted === null ? "" : signed(-told.deducted)),
    make("td", { class: "figure" }, signed(told.bonus)),
    make("td", { class: "figure" }, told.ratings && ratingWords(told.ratings)),
    make("td", { class: "remarks" }, make("span", { class: "row" }, ...remarks(told, score, scheme, honour))));
}

function smallParts({ parts }) {
  const said = parts.map((part) => `${here(part.name)} ${part.score === null ? "–" : plain(part.score)}`).join(say("between"));
  return make("span", { class: "mini-parts", role: "img", "aria-label": said, title: said }, ...parts.map((part) => partBar(part).querySelector(".meter")));
}

const ratingWords = (ratings) => (ratings.n ? say("ratings_of", { share: percent(ratings.positive), n: plain(ratings.n) }) : say("none_rated"));

function remarks(told, score, scheme, honour) {
  const grade = scheme?.grades.find(({ code }) => code === told.grade);
  return [
    honour === "published" && tag("bad", say(shown.by === "window" && isMonth(shown.period) ? "flag_window" : "honoured")),
    honour === "proposed" && tag("", say("to_be_named")),
    told.grade && tag("deep", grade ? here(grade.name) : told.grade),
    told.passes === false && tag("caution", say("passes_not")),
    told.barred.length > 0 && tag("caution", say("barred")),
    told.score !== score && told.score !== undefined && make("span", { class: "soft" }, say("now_is", { score: told.score === null ? "–" : plain(told.score) })),
  ].filter(Boolean);
}
