// The score table of a month, of windows or clerks; this month's moves while one looks.
import { here, make } from "../shared/page.js";
import { data, find, look, percent, renew, say } from "./desk.js";
import { levelBar } from "./levels.js";
import { readingMoved, readingOf, startReading } from "./reading.js";

const shown = { period: data.period, by: "window", rows: new Map() };
const VERDICT_TAGS = { good: "good", fairly_good: "good", average: "caution", poor: "bad" };

export function startScores() {
  document.getElementById("period").addEventListener("change", (event) => {
    if (!event.target.value) return;
    shown.period = event.target.value;
    load();
  });
  for (const button of document.querySelectorAll("[data-by]")) button.addEventListener("click", () => choose(button.dataset.by));
  startReading();
  load();
}

function choose(by) {
  shown.by = by;
  for (const button of document.querySelectorAll("[data-by]")) button.setAttribute("aria-pressed", String(button.dataset.by === by));
  find("who").textContent = say(`by_${by}`);
  load();
}

async function load() {
  readingOf(shown.period, shown.by);
  const table = await look(`/api/v1/scores?period=${encodeURIComponent(shown.period)}&by=${shown.by}`);
  if (!table) return;
  find("scheme").textContent = here(table.scheme);
  shown.rows = new Map(table.rows.map((row) => [row[shown.by], row]));
  draw();
}

/** Rows of this month's windows that changed; `moved`: in front of the reader's eyes. */
export function scoresMoved(rows, moved) {
  if (shown.period !== data.period) return;
  if (moved) readingMoved();
  if (shown.by === "clerk") return load();
  for (const row of rows) shown.rows.set(row.window, row);
  draw(moved ? new Set(rows.map((row) => row.window)) : new Set());
  const last = rows.at(-1);
  if (moved && last) find("moved").textContent = say("moved", { name: here(last.name), score: last.score });
}

function draw(moved = new Set()) {
  renew(find("scores"), [...shown.rows].map(([key, row]) => tableRow(key, row, moved.has(key))));
}

function tableRow(key, row, moved) {
  const figure = (text, known = true) => make("td", { class: known ? "figure" : "figure unrated" }, text);
  const share = (value) => figure(percent(value), value !== null);
  return make("tr", { class: moved ? "moved" : null, "data-score-of": key },
    make("td", {}, shown.by === "window" ? `${key} · ${here(row.name)}` : here(row.name)),
    figure(String(row.finished)), figure(String(row.n)), share(row.response_rate),
    make("td", { class: "small-bar" }, row.n > 0 && levelBar(row.levels)), share(row.positive),
    figure(row.mean_level === null ? say("unrated") : row.mean_level.toFixed(2), row.mean_level !== null),
    make("td", {}, verdict(row)),
    figure(signed(row.adjustment), row.verdict !== null),
    make("td", { class: "figure" }, make("b", { class: "number" }, String(row.score))));
}

const signed = (points) => (points > 0 ? `+${points}` : String(points).replace("-", "−"));

function verdict({ verdict: code, verdict_name: name }) {
  return name ? make("span", { class: `tag ${VERDICT_TAGS[code]}` }, here(name)) : make("span", { class: "unrated" }, say("too_few"));
}
