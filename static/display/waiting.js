/** How many wait and how long, by department or service: a page at a time, turned by itself, never scrolled. */
import { make, waitSentence } from "../shared/page.js";
import { put } from "./status.js";

const ROWS = 6;
const PAGE_TIME = 8000;

export function openWaiting(root, groups, say) {
  const lines = new Map();
  let page = 0;

  const sum = (services) => services.reduce((total, id) => total + (lines.get(id)?.waiting ?? 0), 0);
  const busy = () =>
    groups
      .map((group) => ({ ...group, waiting: sum(group.services), wait: wait(group.services) }))
      .filter((group) => group.waiting);

  /** From the shortest to the longest wait of a newcomer to those services where people wait; empty: not known. */
  function wait(services) {
    const known = services.map((id) => lines.get(id)).filter((line) => line?.waiting && Number.isFinite(line.high));
    if (!known.length) return "";
    const low = Math.min(...known.map((line) => line.low));
    return say(...waitSentence(low, Math.max(...known.map((line) => line.high))));
  }

  function draw() {
    const rows = busy();
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    page %= pages;
    put(root.querySelector("[data-total]"), String(rows.reduce((total, group) => total + group.waiting, 0)));
    root.querySelector("ul").replaceChildren(...rows.slice(page * ROWS, (page + 1) * ROWS).map(entry));
    root.querySelector("[data-nobody]").hidden = rows.length > 0;
    put(root.querySelector("[data-page]"), pages > 1 ? say("page", { page: page + 1, pages }) : "");
  }

  setInterval(() => { page += 1; draw(); }, PAGE_TIME);
  new ResizeObserver(() => root.querySelectorAll(".name").forEach(tighten)).observe(root);
  draw();
  return {
    update(changed) {
      for (const line of changed) lines.set(line.service, line);
      draw();
    },
  };
}

function entry({ id, name, waiting, wait }) {
  const label = make("span", { class: "name" }, name);
  const long = make("span", { class: "wait" }, wait);
  const item = make("li", { "data-group": id }, label, long, make("b", { class: "number" }, String(waiting)));
  queueMicrotask(() => tighten(label));
  return item;
}

/** A long name takes two smaller lines. */
function tighten(label) {
  label.classList.remove("tight");
  label.classList.toggle("tight", label.scrollWidth > label.clientWidth);
}
