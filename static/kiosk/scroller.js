// A long list with two big buttons to page through it, for hands that don't swipe.
import { icon, make } from "../shared/page.js";

const PAGE = 0.85;

/** {list, buttons}: the scrolling box around the nodes, and its buttons (hidden while all of it fits). */
export function scroller(desk, ...nodes) {
  const list = make("div", { class: "scroller" }, ...nodes);
  const up = pageButton(desk.say("more_up"), "up", () => turn(list, -1));
  const down = pageButton(desk.say("more_down"), "down", () => turn(list, 1));
  const buttons = make("div", { class: "pager", hidden: true }, up, down);
  const look = () => mark(list, buttons, up, down);
  list.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(list);
  new MutationObserver(look).observe(list, { childList: true, subtree: true });
  return { list, buttons };
}

function pageButton(label, drawing, onclick) {
  return make("button", { class: "button", type: "button", onclick }, icon(drawing), make("span", {}, label));
}

function turn(list, way) {
  list.scrollBy({ top: way * list.clientHeight * PAGE, behavior: "smooth" });
}

function mark(list, buttons, up, down) {
  const rest = list.scrollHeight - list.clientHeight;
  buttons.hidden = rest < 8;
  if (rest >= 8 && !list.querySelector("a, button, input")) list.tabIndex = 0;
  else list.removeAttribute("tabindex");
  list.classList.toggle("more-below", list.scrollTop < rest - 8);
  list.classList.toggle("more-above", list.scrollTop > 8);
  up.disabled = list.scrollTop <= 8;
  down.disabled = list.scrollTop >= rest - 8;
}
