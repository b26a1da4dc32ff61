// One score: its parts and lines, as it stands or as it was released; a quarter or year by its months.
import { releases, schemeOn, scoreAt, tableOf } from "./api.js";
import { data, find, here, make, monthName, monthNames, plain, say, signed } from "./desk.js";
import { scoreOf } from "./lines.js";
import { isMonth, matching, standingWords } from "./standing.js";

find("period").addEventListener("change", (event) => location.assign(`?period=${encodeURIComponent(event.target.value)}`));
find("print").addEventListener("click", () => print());
addEventListener("beforeprint", () => { for (const line of document.querySelectorAll("[data-line] details")) line.open = true; });
find("revision").addEventListener("change", (event) => showMonth(event.target.value));

if (isMonth(data.period)) {
  showMonth("");
  showRevisions();
} else showStretch();

async function showMonth(revision) {
  const [told, scheme] = await Promise.all([scoreAt(data.by, data.subject, data.period, revision), schemeOn(data.by, `${data.period}-01`)]);
  if (!told) return;
  const standing = revision || !told.release ? standingWords(told) : say("as_it_stands_now", { n: told.release.revision });
  find("score").replaceChildren(make("div", { class: "stack" }, ...scoreOf({ ...told, scheme: matching(scheme, told.assessment), standing })));
}

/** Released ones to choose from, the newest first, and how it stands now. */
async function showRevisions() {
  const all = await releases();
  const revisions = all?.months.find(({ period }) => period === data.period)?.revisions ?? [];
  if (!revisions.length) return;
  find("revision-choice").hidden = false;
  find("revision").replaceChildren(make("option", { value: "" }, say("as_it_stands")),
    ...[...revisions].reverse().map(({ revision }) => make("option", { value: revision }, say("revision_n", { n: revision }))));
  find("revision").value = String(revisions.at(-1).revision);
  showMonth(find("revision").value);
}

/* a quarter or a year */

async function showStretch() {
  const table = await tableOf(data.by, data.period);
  if (!table) return;
  const row = table.rows.find(({ subject }) => subject === data.subject);
  const lacking = table.missing.length > 0 && make("p", { class: "notice caution" }, say("months_lacking", { months: monthNames(table.missing) }));
  find("score").replaceChildren(make("div", { class: "stack" }, lacking || null, row ? stretchOf(row) : make("p", { class: "card soft" }, say("no_months"))));
}

function stretchOf(row) {
  const figure = (word, value) => make("div", {}, make("dt", {}, say(word)), make("dd", { class: "number" }, value));
  return make("div", { class: "score-top" },
    make("section", { class: "card whole", "aria-label": say("score") }, make("p", { class: "eyebrow" }, say("score")),
      make("p", { class: "figure-large number" }, row.score === null ? "–" : plain(row.score)), make("p", { class: "soft" }, say("months_of", { n: row.months.length }))),
    make("section", { class: "card stack" },
      make("dl", { class: "sum" }, row.mean !== null && figure("mean", plain(row.mean)), row.bonus ? figure("sum_bonus", signed(row.bonus)) : null, row.malus ? figure("sum_malus", signed(row.malus)) : null),
      make("ul", { class: "months" }, ...row.months.map(({ period, without_top: score }) => make("li", {}, make("a", { href: `?period=${period}` }, monthName(period)), " ", make("b", { class: "number" }, score === null ? "–" : plain(score))))),
      make("ul", { class: "months", "data-on-top": "" }, ...row.lines.filter(({ part, points }) => part !== "month" && points).map(({ code, name, points }) => make("li", { "data-line": code }, `${code} ${here(name)} `, make("b", { class: "number" }, signed(points)))))));
}
