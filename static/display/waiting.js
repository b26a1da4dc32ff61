/** How many wait, by department or service: a page at a time, turned by itself, never scrolled. */
import { make } from "/static/shared/page.js";
import { put } from "/static/display/status.js";

const ROWS = 6;
const PAGE_TIME = 8000;

export function openWaiting(root, groups, say) {
  const lines = new Map();
  let page = 0;

  const sum = (services) => services.reduce((total, id) => total + (lines.get(id)?.waiting ?? 0), 0);
  const busy = () => groups.map((group) => ({ ...group, waiting: sum(group.services) })).filter((group) => group.waiting);

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

function entry({ id, name, waiting }) {
  const label = make("span", { class: "name" }, name);
  const item = make("li", { "data-group": id }, label, make("b", { class: "number" }, String(waiting)));
  queueMicrotask(() => tighten(label));
  return item;
}

/** A long name takes two smaller lines. */
function tighten(label) {
  label.classList.remove("tight");
  label.classList.toggle("tight", label.scrollWidth > label.clientWidth);
}
