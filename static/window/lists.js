// The lists on the right: those who wait in the order they would be called, those on hold, those who didn't come.
import { make } from "../shared/page.js";
import { KeyedList } from "./keyed.js";
import { fillIn, find, findAll, minutesSince, say, services, showPart, timeOf, write } from "./page_parts.js";
import { tagsOf } from "./tags.js";
import { inCallOrder, isAway } from "./turns.js";

const waiting = new KeyedList(find('[data-list="waiting"]'), waitingRow, fillWaiting);
const held = new KeyedList(find('[data-list="held"]'), (ticket) => asideRow(ticket, "resume", ["G", "5"]), fillHeld);
const missed = new KeyedList(find('[data-list="no_show"]'), (ticket) => asideRow(ticket, "reinstate", ["B", "9"]), fillMissed);
let moment = 0;
let picked = null;

/** Those who wait, in call order. */
export function inOrder(desk, now) {
  return desk.rules ? inCallOrder(desk.list("waiting"), desk.rules, now) : [];
}

export function drawLists(desk, order, selected, now) {
  [moment, picked] = [now, selected];
  waiting.show(order);
  held.show(ownFirst(desk.list("held").sort(by("held_at")), desk.window));
  missed.show(ownFirst(desk.list("no_show").sort(by("called_at")).reverse(), desk.window));
  drawCounts(desk, order);
  drawHelps(desk.helps);
}

/** Before the hall's first picture: not empty, only not known yet. */
export function drawListsLoading() {
  for (const list of [waiting, held, missed]) list.show([]);
  for (const count of ["waiting-count", "waiting-longest"]) fillIn(count, "");
  for (const part of ["held", "no-shows", "helps"]) showPart(part, false);
  find('[data-empty="waiting"]').hidden = true;
  showPart("loading", true);
}

/** Quietly: what a rule of the hall makes this window help with now. */
function drawHelps(helps) {
  const names = helps.map(({ service }) => services.get(service)?.name ?? service);
  showPart("helps", helps.length > 0);
  fillIn("helps", helps.length ? say("helps", { services: names.join(say("and")) }) : "");
}

function drawCounts(desk, order) {
  const longest = Math.max(0, ...order.map((ticket) => minutesSince(ticket.joined_at, moment)));
  showPart("loading", false);
  fillIn("waiting-count", order.length || "");
  fillIn("waiting-longest", order.length ? say("longest", { minutes: longest }) : "");
  find('[data-empty="waiting"]').hidden = order.length > 0;
  drawAfterHours(desk.closes, order.length);
  drawAside("held", "held", desk.list("held").length);
  drawAside("no-shows", "no_show", desk.list("no_show").length);
}

/** Closing time sends nobody away who has a number; the clerk sees how many there still are. */
function drawAfterHours(closes, many) {
  const isLate = Boolean(closes) && Date.parse(closes) <= moment && many > 0;
  showPart("after-hours", isLate);
  if (isLate) fillIn("after-hours", say(many === 1 ? "after_hours_one" : "after_hours", { n: many, time: timeOf(closes) }));
}

function drawAside(part, list, count) {
  showPart(part, count > 0);
  find(`[data-list="${list}"]`).hidden = count === 0;
  fillIn(`${list.replace("_", "-")}-count`, count);
}

const by = (field) => (one, other) => (one[field] ?? "").localeCompare(other[field] ?? "");

/** Whom this window set aside, then the other windows'. */
function ownFirst(tickets, window) {
  const isOwn = (ticket) => ticket.window === window;
  return [...tickets.filter(isOwn), ...tickets.filter((ticket) => !isOwn(ticket))];
}

/** The key of the next or previous one in the list; beyond its end nobody. */
export function neighbour(order, selected, step) {
  const place = order.findIndex((ticket) => ticket.ticket === selected);
  const next = place < 0 ? (step > 0 ? 0 : order.length - 1) : place + step;
  return order[next]?.ticket ?? null;
}

export function showSelected(key) {
  waiting.row(key)?.scrollIntoView({ block: "nearest" });
}

/** The only button of a list, or null after moving to the first of several. */
export function onlyButton(list) {
  const buttons = findAll(`[data-list="${list}"] [data-action]`);
  if (buttons.length === 1) return buttons[0];
  buttons[0]?.focus();
  return null;
}

/** Moves between the buttons of a list of those set aside; false when the focus is in none. */
export function stepInList(by) {
  const list = document.activeElement.closest(".list:not(.waiting)");
  if (!list) return false;
  const buttons = findAll("[data-action]", list);
  buttons[buttons.indexOf(document.activeElement) + by]?.focus();
  return true;
}

function waitingRow(ticket) {
  const face = make("button", { class: "face", type: "button", "data-action": "select", "data-ticket": ticket.ticket },
    make("span", { class: "place" }), make("b", { class: "number" }), make("span", { class: "service" }),
    make("span", { class: "tags" }), make("span", { class: "minutes" }));
  const actions = make("div", { class: "actions", hidden: true },
    small("call", ticket, ["C", "7"]), small("postpone", ticket, ["P"]), small("transfer_this", ticket, [], "transfer"));
  return make("li", {}, face, actions);
}

function small(action, ticket, keys, words = action) {
  return make("button", { class: "button", type: "button", "data-action": action, "data-ticket": ticket.ticket },
    say(words), keycaps(keys));
}

function keycaps(keys) {
  if (!keys.length) return null;
  return make("span", { class: "keys", "aria-hidden": "true" },
    keys.map((key, place) => make("kbd", { class: place ? "pad" : null }, key)));
}

function fillWaiting(row, ticket, place) {
  const [face, actions] = row.children;
  const isPicked = ticket.ticket === picked;
  write(find(".place", row), place + 1);
  write(find(".minutes", row), waitedWords(ticket));
  fillWho(row, ticket);
  fillTags(find(".tags", row), tagsOf(ticket, isAway(ticket, moment)));
  row.classList.toggle("picked", isPicked);
  face.setAttribute("aria-expanded", String(isPicked));
  actions.hidden = !isPicked;
}

/** Before its slot an appointment hasn't waited: the slot says more. */
function waitedWords(ticket) {
  if (isAway(ticket, moment)) return say("slot", { time: timeOf(ticket.not_before) });
  if (Date.parse(ticket.line_at) > moment) return say("slot", { time: timeOf(ticket.line_at) });
  return say("minutes", { minutes: minutesSince(ticket.joined_at, moment) });
}

function asideRow(ticket, action, keys) {
  return make("li", { class: "aside" }, make("b", { class: "number" }), make("span", { class: "service" }),
    make("span", { class: "minutes" }), small(action, ticket, keys));
}

function fillHeld(row, ticket, place) {
  fillWho(row, ticket);
  write(find(".minutes", row), say("minutes", { minutes: minutesSince(ticket.held_at ?? ticket.called_at, moment) }));
  find(".keys", row).hidden = place > 0;
}

function fillMissed(row, ticket, place) {
  fillWho(row, ticket);
  write(find(".minutes", row), ticket.called_at ? timeOf(ticket.called_at) : "");
  find(".keys", row).hidden = place > 0;
}

function fillWho(row, ticket) {
  const name = services.get(ticket.service)?.name ?? ticket.service;
  write(find(".number", row), ticket.number);
  write(find(".service", row), name);
  find(".service", row).title = name;
}

function fillTags(place, tags) {
  if (place.textContent !== tags.map((tag) => tag.textContent).join("")) place.replaceChildren(...tags);
}
