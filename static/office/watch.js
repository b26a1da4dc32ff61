// Ratings that look odd, with their tickets, and attempts to rate that were refused. Asked for when the part is opened.
import { make } from "../shared/page.js";
import { data, find, look, percent, renew, say } from "./desk.js";
import { chooser, loadReviews, startReviews } from "./review.js";

const PART = "#checks";
const month = document.getElementById("checked");
const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});

export function startWatch() {
  addEventListener("hashchange", load);
  month.addEventListener("change", load);
  startReviews(load);
  load();
}

async function load() {
  if (location.hash !== PART || !month.value) return;
  const asked = month.value;
  const period = `period=${encodeURIComponent(asked)}`;
  const flags = await look(`/api/v1/ratings/flags?${period}`);
  const refused = flags && (await look(`/api/v1/ratings/refused?${period}`));
  const reviewed = refused && (await loadReviews(period));
  if (!reviewed || asked !== month.value) return;
  drawFlags(flags);
  drawRefused(refused.refused);
}

function drawFlags({ flags, rated }) {
  const odd = new Set(flags.flatMap((flag) => flag.ratings.map((each) => each.ticket))).size;
  find("flags-of").textContent = odd ? say("flag_of", { n: odd, all: rated }) : say("flag_none");
  find("flags-of").hidden = false;
  renew(find("flags"), flags.map(card));
}

function card(flag) {
  const whose = [say("window_n", { n: flag.window }), data.staff[flag.clerk], say("flag_n", { n: flag.n })];
  return make("li", { class: "card", "data-flag": flag.kind, "data-window": flag.window },
    make("span", { class: "head" },
      make("b", {}, say(`flag_${flag.kind}`)),
      make("span", { class: "soft" }, stretch(flag))),
    make("span", {}, whose.filter(Boolean).join(" · ")),
    make("span", { class: "soft" }, why(flag)),
    make("details", {}, make("summary", {}, say("see_tickets")), ...evidence(flag)));
}

function stretch({ first_at: first, last_at: last }) {
  const [from, to] = [first, last].map((at) => when.format(new Date(at)));
  return from === to ? from : `${from} – ${to}`;
}

function why({ kind, best_elsewhere: share, seconds }) {
  if (kind === "run_of_best") return share === null ? say("why_run_alone") : say("why_run_of_best", { share: percent(share) });
  return say(`why_${kind}`, { seconds });
}

function evidence({ ratings, clerk }) {
  const judge = chooser(ratings, clerk);
  const heads = ["col_number", "col_at", "col_level", "col_after", "col_served"];
  const figure = (seconds) => make("td", { class: "figure" }, seconds === null ? "–" : String(+seconds.toFixed(1)));
  const rows = ratings.map((each) => make("tr", { "data-evidence": each.number, "data-aside": each.set_aside },
    judge.box(each),
    make("td", {}, each.number), make("td", {}, when.format(new Date(each.at))), make("td", {}, say(each.level)),
    figure(each.seconds_after), figure(each.seconds_served)));
  const named = heads.map((key, at) => make("th", { scope: "col", class: at > 2 ? "figure" : null }, say(key)));
  const table = make("table", { class: "table tight" }, make("thead", {}, make("tr", {}, judge.head, named)), make("tbody", {}, rows));
  return [make("div", { class: "scroll" }, table), judge.foot];
}

function drawRefused(list) {
  find("no-refused").textContent = list.length ? "" : say("refused_none");
  find("no-refused").hidden = list.length > 0;
  find("refused-part").hidden = list.length === 0;
  find("refused-n").textContent = String(list.length);
  find("refused-n").hidden = list.length === 0;
  renew(find("refused"), list.map(row));
}

function row(refusal) {
  const { at, code, window, number, times, source } = refusal;
  const flood = times && make("span", { class: "tag bad" }, say("flood", { n: times }));
  return make("tr", { "data-refusal": code },
    make("td", {}, when.format(new Date(at))), make("td", {}, say(`refused_${code}`), " ", flood),
    make("td", {}, window ?? "–"), make("td", {}, number ?? "–"), make("td", {}, who(refusal)), make("td", {}, source ?? "–"));
}

function who({ actor, guesser }) {
  const [kind, name] = [actor.split(":")[0], actor.slice(actor.indexOf(":") + 1)];
  if (kind === "staff") return data.staff[name] ?? name;
  if (kind === "device") return say("by_device", { name });
  if (kind === "ticket") return say("by_holder");
  return kind === "loopback" ? say("by_loopback") : say("by_visitor", { mark: guesser ?? "–" });
}
