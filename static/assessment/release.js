// Releasing a month: what is open, one press, a question in the page, and what was released before.
import { changesOf, openThings, release, releases, tableOf, verified } from "./api.js";
import { data, find, here, make, momentText, monthName, nameOf, person, plain, say, signed } from "./desk.js";

const state = { months: [], seen: 0, rulesChanged: false };

find("month").addEventListener("change", load);
find("release")?.addEventListener("click", question);
find("yes")?.addEventListener("click", go);
find("no")?.addEventListener("click", () => {
  find("really").hidden = true;
  find("release").hidden = false;
  find("release").focus();
});
load();

const month = () => find("month").value;

async function load() {
  if (find("really")) [find("really").hidden, find("release").hidden] = [true, false];
  const told = await releases();
  if (!told) return;
  state.months = told.months;
  showReleases();
  await showReady();
}

/* the chosen month */

async function showReady() {
  const period = month();
  const revisions = state.months.find((each) => each.period === period)?.revisions ?? [];
  const [windows, clerks, changes, waiting] = await Promise.all([
    tableOf("window", period), tableOf("clerk", period), revisions.length ? changesOf(period) : null, openThings(period),
  ]);
  if (!windows || !clerks || period !== month()) return;
  state.seen = revisions.length;
  state.rulesChanged = changes?.scheme_changed ?? false;
  const changed = changes?.changes.length ?? 0;
  const nothingNew = revisions.length > 0 && !changed && !state.rulesChanged;
  find("ready-title").textContent = revisions.length ? say("ready_next", { month: monthName(period), n: revisions.length }) : say("ready_first", { month: monthName(period) });
  find("ready-words").textContent = readyWords(revisions.length, changed, windows, clerks);
  find("open-things").replaceChildren(...openRows(period, waiting, [...windows.rows, ...clerks.rows], windows.empty && clerks.empty));
  showChanges(changes?.changes ?? []);
  if (!find("release")) return;
  find("release").disabled = nothingNew;
  find("release").textContent = revisions.length ? say("release_next", { n: revisions.length + 1, month: monthName(period) }) : say("release_month", { month: monthName(period) });
}

function readyWords(revisions, changed, windows, clerks) {
  if (!revisions) return say("ready_counts", { windows: windows.rows.length, clerks: clerks.rows.length });
  return changed ? say("ready_changed", { n: changed }) : say("ready_same");
}

function openRows(period, waiting, rows, empty) {
  const missing = rows.filter((row) => row.score === null).length;
  const words = [
    isOver(period) ? "" : say("open_month"),
    empty ? say("open_empty") : "",
    waiting?.appeals ? say("open_appeals", { n: waiting.appeals }) : "",
    waiting?.ratings ? say("open_ratings", { n: waiting.ratings }) : "",
    waiting?.complaints ? say("open_complaints", { n: waiting.complaints }) : "",
    missing ? say("open_missing", { n: missing }) : "",
    state.rulesChanged ? say("open_rules") : "",
  ].filter(Boolean);
  if (!words.length) return [make("li", {}, make("span", { class: "tag good" }, say("open_nothing")))];
  return words.map((each) => make("li", {}, make("span", { class: "tag caution", "aria-hidden": "true" }, "!"), each));
}

const isOver = (period) => data.today.slice(0, 7) > period;

/* releasing */

function question() {
  find("really").hidden = false;
  find("release").hidden = true;
  find("really-title").textContent = say("really", { month: monthName(month()) });
  find("early").hidden = isOver(month());
  find("early-yes").checked = false;
  find("anew").hidden = !state.rulesChanged;
  find("anew-yes").checked = false;
  find("really-title").focus();
}

async function go() {
  const period = month();
  find("yes").disabled = true;
  const answer = await release({ period, early: find("early-yes").checked, scheme_anew: find("anew-yes").checked, seen: state.seen });
  find("yes").disabled = false;
  if (!answer) return;
  await load();
  find("released").replaceChildren(make("span", { class: "notice good" }, say("released_said", { month: monthName(period), n: answer.revision })));
  find("ready-title").focus();
}

/* what would change, and what was released */

function showChanges(changes) {
  find("changes-part").hidden = !changes.length;
  find("changes").replaceChildren(...changes.map((each) => make("tr", {},
    make("th", { scope: "row" }, `${each.by === "window" ? nameOf("window", each.subject) : here(each.name)}`),
    make("td", { class: "figure" }, score(each.was)), make("td", { class: "figure" }, score(each.now)),
    make("td", {}, [...each.facts.filter(({ kind }) => kind !== "rated").map(changeWords), each.few_ratings || each.facts.some(({ kind }) => kind === "rated") ? say("few_ratings") : ""].filter(Boolean).join(say("between"))))));
}

const score = (value) => (value === null ? "–" : plain(value));
const changeWords = ({ how, kind, item, points }) => say(`how_${how}`, { what: [kind === "item" ? item : say(`kind_${kind}`), points === null ? "" : signed(points)].filter(Boolean).join(" ") });

function showReleases() {
  const rows = state.months.flatMap(({ revisions }) => [...revisions].reverse());
  find("no-releases").hidden = rows.length > 0;
  find("releases-part").hidden = !rows.length;
  find("releases").replaceChildren(...rows.map(({ period, revision, at, actor, early, hash }) => make("tr", { "data-release-of": `${period} ${revision}` },
    make("th", { scope: "row" }, monthName(period)), make("td", { class: "figure" }, String(revision)),
    make("td", {}, momentText(at), early && make("span", { class: "soft" }, ` ${say("early")}`)), make("td", {}, person(actor)),
    make("td", {}, make("code", { class: "hash", title: hash }, hash.slice(0, 12))),
    make("td", { class: "figure" }, make("button", { class: "button quiet", type: "button", onclick: (event) => check(event.currentTarget, period, revision) }, say("check"))))));
}

/** Works the release out once more from what was frozen. */
async function check(button, period, revision) {
  button.disabled = true;
  const told = await verified(period, revision);
  button.disabled = false;
  if (told) button.replaceWith(make("span", { class: `tag ${told.verified ? "good" : "bad"}`, role: "status" }, say(told.verified ? "check_same" : "check_other")));
}
