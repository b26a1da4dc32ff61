// A score with everything that made it: parts as bars, the sum, every line with its facts. Office and clerk read the same.
import { data, dayText, find, here, make, momentText, percent, person, plain, say, signed, tag } from "./desk.js";
import { thumbs } from "./photos.js";

/** told: {assessment, facts, scheme}; `of`: extra things to put at a fact, such as a button. */
export function scoreOf(told, atFact = () => null) {
  const { assessment, scheme } = told;
  const facts = new Map((told.facts ?? []).map((fact) => [fact.id, fact]));
  const id = (name) => `t-${name}-${told.key ?? "one"}`;
  return [
    make("div", { class: "score-top" }, whole(told), parts(assessment, id("parts"), sum(assessment, scheme))),
    ...assessment.barred.map(barNotice),
    make("section", { class: "stack lines", "aria-labelledby": id("lines") },
      make("h3", { id: id("lines") }, say("lines_title")),
      assessment.lines.length ? null : make("p", { class: "soft" }, say("no_lines")),
      ...byPart(assessment, scheme).map(([name, lines]) => partLines(name, lines, facts, scheme, atFact))),
    takenBack(told.facts ?? [], id("gone"), scheme),
  ].filter(Boolean);
}

/* the score itself */

function whole({ assessment, scheme, standing }) {
  const { score, grade, passes } = assessment;
  return make("section", { class: "card whole", "aria-label": say("score") },
    make("p", { class: "eyebrow" }, say("score")),
    score === null ? make("p", { class: "notice caution" }, say("no_score")) : make("p", { class: "figure-large number" }, plain(score)),
    make("p", { class: "row" },
      grade && tag("deep", gradeName(grade, scheme)),
      passes !== null && passes !== undefined && tag(passes ? "good" : "bad", say(passes ? "passes" : "passes_not"))),
    make("p", { class: "soft" }, schemeName(assessment, scheme)),
    standing && make("p", { class: "soft" }, standing));
}

const gradeName = (code, scheme) => here(scheme?.grades?.find((each) => each.code === code)?.name) || code;
const schemeName = ({ scheme: { id, version } }, scheme) => say("by_scheme", { name: here(scheme?.name) || id, version });

function parts({ parts: all }, id, below) {
  return make("section", { class: "card parts", "aria-labelledby": id },
    make("h3", { id }, say("parts_title")),
    make("ul", { class: "part-bars" }, ...all.map(partBar)), below);
}

export function partBar(part) {
  const known = part.score !== null && part.maximum;
  const bar = make("span", { class: "meter", "aria-hidden": "true" }, make("span"));
  if (known) bar.firstChild.style.inlineSize = `${Math.max(0, Math.min(100, (100 * part.score) / part.maximum))}%`;
  bar.dataset.full = String(known && part.score >= part.maximum);
  const figure = part.missing ? say("missing") : part.score === null ? signed(part.points ?? -part.deducted) : say("out_of", { score: plain(part.score), maximum: part.maximum === null ? "" : plain(part.maximum) });
  return make("li", { "data-part-bar": part.code },
    make("span", {}, here(part.name), part.weight ? make("span", { class: "soft" }, ` ${say("weight", { share: percent(part.weight) })}`) : null),
    make("b", { class: "number" }, figure), bar);
}

function barNotice({ name, bars, periods }) {
  return make("p", { class: "notice caution", "data-barred": bars }, make("b", {}, say(`barred_${bars}`, { period: periods.join(say("between")) })), here(name));
}

/* how the figures come together */

function sum({ parts: all, bonus, malus, adjustment, raw, score }, scheme) {
  const base = scheme?.base ?? null;
  const deducted = all.reduce((total, part) => total + (part.score !== null && part.maximum !== null && !part.weight ? part.score - part.maximum : 0), 0);
  const rows = [
    base !== null && ["sum_base", plain(base)],
    !all.some((part) => part.weight) && ["sum_parts", signed(deducted)],
    bonus ? ["sum_bonus", signed(bonus)] : null,
    malus ? ["sum_malus", signed(malus)] : null,
    adjustment ? ["sum_rating", signed(adjustment)] : null,
    raw !== null && raw !== score && ["sum_raw", plain(raw)],
  ].filter(Boolean);
  return make("div", { class: "how-summed" },
    make("dl", { class: "sum", "aria-label": say("sum_title") },
      ...rows.map(([word, figure]) => make("div", {}, make("dt", {}, say(word)), make("dd", { class: "number" }, figure))),
      make("div", { class: "total" }, make("dt", {}, say("score")), make("dd", { class: "number" }, score === null ? "–" : plain(score)))),
    raw !== null && score !== null && raw !== score && make("p", { class: "soft" }, limitWords(raw, score, scheme)));
}

function limitWords(raw, score, scheme) {
  if (scheme?.ceiling !== null && scheme?.ceiling !== undefined && raw > scheme.ceiling) return say("cut_ceiling", { most: plain(scheme.ceiling) });
  if (scheme?.floor !== null && scheme?.floor !== undefined && raw < scheme.floor) return say("cut_floor", { least: plain(scheme.floor) });
  return say("cut_rounding");
}

/* lines */

function byPart({ parts: all, lines }, scheme) {
  const names = new Map([...all.map((part) => [part.code, here(part.name)]),
    ["bonus", say("part_bonus")], ["malus", say("part_malus")], ["rating", say("part_rating")]]);
  return [...names].map(([code, name]) => [name, lines.filter((line) => line.part === code)]).filter(([, some]) => some.length);
}

function partLines(name, lines, facts, scheme, atFact) {
  return make("section", { class: "card flush" }, make("h4", {}, name),
    make("ul", { class: "line-list" }, ...lines.map((line) => make("li", { "data-line": line.code }, lineRow(line, facts, scheme, atFact)))));
}

function lineRow(line, facts, scheme, atFact) {
  const known = line.facts.map((fact) => (typeof fact === "string" ? facts.get(fact) : fact)).filter(Boolean);
  const head = [
    make("span", { class: "code number" }, line.code === "rating" ? "" : line.code),
    make("span", { class: "what" }, here(line.name), ...remarks(line, scheme)),
    make("span", { class: "how soft" }, howMany(line)),
    make("b", { class: "number points", "data-tint": tint(line.points) }, signed(line.points)),
  ];
  if (!known.length) return make("div", { class: "line" }, ...head);
  return make("details", {}, make("summary", { class: "line" }, ...head),
    make("ul", { class: "fact-list" }, ...known.map((fact) => factRow(fact, atFact, line)), othersRow(line)));
}

/** Facts that counted here and aren't the reader's to see. */
const othersRow = ({ others }) => (others ? make("li", { class: "soft" }, say("others", { n: others })) : "");

const tint = (points) => (points < 0 ? "bad" : points > 0 ? "good" : "none");

function howMany({ times, points_each: each, asked, code }) {
  if (times === null) return "";
  if (code === "rating") return say("rated_n", { n: plain(times) });
  return each === null ? say("times", { n: plain(times) }) : say("times_each", { n: plain(times), each: signed(each), asked: signed(asked) });
}

/** What was cut, in plain words, and what the scheme says beside the figures. */
function remarks(line, scheme) {
  const said = (line.cut_by ?? []).map((why) => cutWords(why, line, scheme));
  return [...said, line.note && here(line.note)].filter(Boolean).map((words) => make("span", { class: "remark" }, words));
}

export function cutWords(why, line, scheme) {
  const [kind, code] = why.split(":");
  if (kind === "group") {
    const group = scheme?.groups?.find((each) => each.code === code);
    return say("cut_group", { name: here(group?.name), most: group ? plain(group.at_most) : "", cut: plain(line.cut) });
  }
  return say(kind === "item" ? "cut_item" : "cut_part", { cut: plain(line.cut), asked: signed(line.asked), points: signed(line.points) });
}

/* facts */

export function factRow(fact, extra = () => null, line = null, name = "") {
  return make("li", { "data-fact": fact.id ?? fact.fact },
    make("p", {}, make("b", {}, dayText(fact.day)), ` ${[name, factWords(fact)].filter(Boolean).join(" · ")}`),
    fact.note && make("p", { class: "note" }, fact.note),
    fact.origin && make("p", { class: "soft" }, [fromWords(fact), fact.at ? momentText(fact.at) : ""].filter(Boolean).join(" · ")),
    thumbs(fact), extra(fact, line));
}

function fromWords(fact) {
  const from = say(`from_${fact.origin}`);
  return fact.origin === "queue" || !fact.author ? from : say("from_person", { who: person(fact.author), origin: from });
}

export function itemName(fact, scheme) {
  const item = fact.kind === "item" && scheme?.items.find((each) => each.code === fact.item);
  return item ? `${item.code} ${here(item.text)}` : fact.kind === "item" ? fact.item : "";
}

/** What happened, and how often. */
export function factWords(fact) {
  const times = Number(fact.times);
  const what = fact.kind === "item" ? "" : fact.kind === "rated" ? say(fact.item) : say(`kind_${fact.kind}`);
  const value = fact.value === null || fact.value === undefined ? "" : say("value_is", { value: plain(fact.value) });
  return [what, times === 1 ? "" : say("times", { n: plain(times) }), value].filter(Boolean).join(" · ");
}

function takenBack(facts, id, scheme) {
  const gone = facts.filter((fact) => fact.withdrawn);
  if (!gone.length) return null;
  return make("section", { class: "stack", "aria-labelledby": id }, make("h3", { id }, say("gone_title")),
    make("ul", { class: "fact-list card" }, ...gone.map((fact) => factRow(fact, goneWords, null, itemName(fact, scheme)))));
}

export function goneWords({ withdrawn }) {
  if (!withdrawn) return null;
  return make("p", { class: "gone" }, say("gone_by", { who: person(withdrawn.by), time: momentText(withdrawn.at), reason: withdrawn.reason ?? "" }));
}
