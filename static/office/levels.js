// The five levels of some ratings as one bar, and as a list with figures.
import { make } from "../shared/page.js";
import { say } from "./desk.js";

const LEVELS = ["very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied"];

/** Parts as wide as they are many; the figures stand elsewhere, so it isn't read aloud. */
export function levelBar(counts) {
  const parts = LEVELS.filter((level) => counts[level]).map((level) => part(level, counts[level]));
  return make("span", { class: "bar", "aria-hidden": "true" }, parts);
}

function part(level, n) {
  const node = make("span", { "data-level": level, title: `${say(level)} ${n}` });
  node.style.flexGrow = n;
  return node;
}

export function levelList(counts) {
  return make("ul", { class: "level-list" }, LEVELS.map((level) =>
    make("li", { "data-level": level }, say(level), " ", make("b", { class: "number" }, String(counts[level] ?? 0)))));
}
