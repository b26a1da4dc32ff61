// The transfer dialog: every service and window, found by typing, chosen with the arrows, sent with Enter.
import { here, make } from "../shared/page.js";
import { ask } from "./dialogs.js";
import { data, fillIn, find, findAll, say } from "./page_parts.js";
import { matching } from "./searching.js";

const DIALOG = find('[data-dialog="transfer"]');
const FIELD = find("#find-goal");
const GOALS = find("#goals");
const SHOWN = 80;

let goals = { service: [], window: [] };
let kind = "service";
let found = [];
let chosen = null;

FIELD.addEventListener("input", draw);
FIELD.addEventListener("keydown", move);
GOALS.addEventListener("click", (event) => choose(event.target.closest("[data-goal]")?.dataset.goal));
for (const tab of findAll("[data-to]", DIALOG)) tab.addEventListener("click", () => turnTo(tab.dataset.to));

/** {service} or {window} to send the ticket to, or null when the clerk goes back. */
export async function askTransfer(ticket, ownWindow) {
  goals = goalsFor(ticket, ownWindow, new Map(), new Map());
  fillIn("transfer-title", say("transfer_of", { number: ticket.number }));
  FIELD.value = "";
  turnTo("service");
  refreshGoals(ticket, ownWindow);
  return (await ask("transfer")) === "yes" && chosen ? { [kind]: chosen } : null;
}

/** How long the lines are and who sits where, as soon as the hall has answered. */
async function refreshGoals(ticket, ownWindow) {
  const [{ services }, { windows }] = await Promise.all([look("services"), look("windows")]);
  const lines = new Map(services.map((service) => [service.id, service.line]));
  const views = new Map(windows.map((window) => [window.id, window.view]));
  goals = goalsFor(ticket, ownWindow, lines, views);
  if (DIALOG.open) draw();
}

async function look(what) {
  const response = await fetch(`/api/v1/${what}`, { headers: { Accept: "application/json" } });
  return response.json();
}

function goalsFor(ticket, ownWindow, lines, views) {
  return {
    service: data.services.filter((service) => service.id !== ticket.service || ticket.direct_window)
      .map((service) => goal(service, service.prefix, service.department, lineWords(lines.get(service.id)))),
    window: data.windows.filter((window) => window.id !== ownWindow)
      .map((window) => goal(window, window.id, window.area, sittingWords(views.get(window.id)))),
  };
}

const goal = ({ id, name, find: words }, code, place, state) => ({ id, name, find: words, code, place, state });

function lineWords(line) {
  if (!line) return "";
  const waiting = say("waiting", { count: line.waiting });
  return line.status === "open" ? waiting : `${say(`state_${line.status}`)} · ${waiting}`;
}

function sittingWords(view) {
  if (!view) return "";
  if (!view.clerk) return say("nobody_sits");
  return view.state === "paused" ? `${here(view.clerk.name)} · ${say("state_paused")}` : here(view.clerk.name);
}

function turnTo(to) {
  kind = to;
  for (const tab of findAll("[data-to]", DIALOG)) tab.setAttribute("aria-pressed", String(tab.dataset.to === to));
  choose(null);
  draw();
  FIELD.focus();
}

function draw() {
  found = matching(goals[kind], FIELD.value).slice(0, SHOWN);
  if (!found.some((each) => each.id === chosen)) chosen = FIELD.value && found.length ? found[0].id : null;
  GOALS.replaceChildren(...found.map(row));
  find("[data-goals-none]", DIALOG).hidden = found.length > 0;
  mark();
}

function row(each) {
  return make("li", { role: "option", id: `goal-${each.id}`, "data-goal": each.id, "aria-selected": "false" },
    make("b", { class: "number" }, each.code), make("span", { class: "name" }, each.name),
    make("span", { class: "soft" }, each.place), make("span", { class: "soft state" }, each.state));
}

function choose(id) {
  chosen = id ?? null;
  mark();
}

/** Shows what is chosen, on the list and on the button. */
function mark() {
  for (const option of findAll("[data-goal]", GOALS)) {
    option.setAttribute("aria-selected", String(option.dataset.goal === chosen));
  }
  const goalChosen = goals[kind].find((each) => each.id === chosen);
  const name = goalChosen && (kind === "window" ? say("window", { window: goalChosen.id }) : goalChosen.name);
  FIELD.setAttribute("aria-activedescendant", chosen ? `goal-${chosen}` : "");
  fillIn("transfer-yes", name ? say("transfer_to", { goal: name }) : say("transfer_where"));
  find('[data-fill="transfer-yes"]').disabled = !goalChosen;
}

function move(event) {
  if (event.key === "Enter" && !chosen) event.preventDefault();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !found.length) return;
  event.preventDefault();
  const place = found.findIndex((each) => each.id === chosen) + step;
  choose(found[Math.min(Math.max(place, 0), found.length - 1)].id);
  find('[aria-selected="true"]', GOALS)?.scrollIntoView({ block: "nearest" });
}
