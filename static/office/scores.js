// The score table of a month, of windows or clerks; this month's moves while one looks.
import { here, make } from "/static/shared/page.js";
import { data, find, look, percent, say } from "./desk.js";

const shown = { period: data.period, by: "window", rows: new Map() };
const VERDICT_TAGS = { good: "good", fairly_good: "good", average: "caution", poor: "bad" };

export function startScores() {
  document.getElementById("period").addEventListener("change", (event) => {
    if (!event.target.value) return;
    shown.period = event.target.value;
    load();
  });
  for (const button of document.querySelectorAll("[data-by]")) button.addEventListener("click", () => choose(button.dataset.by));
  load();
}

function choose(by) {
  shown.by = by;
  for (const button of document.querySelectorAll("[data-by]")) button.setAttribute("aria-pressed", String(button.dataset.by === by));
  find("who").textContent = say(`by_${by}`);
  load();
}

async function load() {
  const table = await look(`/api/v1/scores?period=${encodeURIComponent(shown.period)}&by=${shown.by}`);
  if (!table) return;
  find("scheme").textContent = here(table.scheme);
  shown.rows = new Map(table.rows.map((row) => [row[shown.by], row]));
  draw();
}

/** Rows of this month's windows that changed; `moved`: in front of the reader's eyes. */
export function scoresMoved(rows, moved) {
  if (shown.period !== data.period) return;
  if (shown.by === "clerk") return load();
  for (const row of rows) shown.rows.set(row.window, row);
  draw(moved ? new Set(rows.map((row) => row.window)) : new Set());
  const last = rows.at(-1);
  if (moved && last) find("moved").textContent = say("moved", { name: here(last.name), score: last.score });
}

function draw(moved = new Set()) {
  find("scores").replaceChildren(...[...shown.rows].map(([key, row]) => tableRow(key, row, moved.has(key))));
}

function tableRow(key, row, moved) {
  const figure = (text) => make("td", { class: "figure" }, text);
  return make("tr", { class: moved ? "moved" : null, "data-score-of": key },
    make("td", {}, shown.by === "window" ? `${key} · ${here(row.name)}` : here(row.name)),
    figure(String(row.finished)), figure(String(row.n)), figure(percent(row.response_rate)), figure(percent(row.positive)),
    figure(row.mean_level === null ? say("unrated") : row.mean_level.toFixed(2)),
    make("td", {}, make("span", { class: `tag ${VERDICT_TAGS[row.verdict] ?? ""}` }, row.verdict_name ? here(row.verdict_name) : say("too_few"))),
    figure(row.adjustment > 0 ? `+${row.adjustment}` : String(row.adjustment)),
    make("td", { class: "figure" }, make("b", { class: "number" }, String(row.score))));
}
