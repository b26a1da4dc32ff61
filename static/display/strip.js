/** The board's lowest line: who is likely called next, windows that are paused and where to go instead, and the hall's notices, in turn. */
import { fill, make } from "../shared/page.js";
import { put } from "./status.js";

const TURN_TIME = 6000;
const SIGNS_AT_ONCE = 3;
const SIZES = ["", "long", "longest"];
const BREAKS = /\s+|(?<=[\u2e80-\uffef])(?![，。、；：！？）》”])/g;

export function openStrip(root, facts, say, isOurs) {
  const [readyBox, pausedBox, noticeBox] = ["ready", "paused", "notice"].map((name) => root.querySelector(`[data-${name}]`));
  const views = new Map();
  let ready = [];
  let notices = [];
  let parts = [];
  let isTicking = true;
  let turn = 0;

  /** What there is to tell takes turns; of each kind the next page when its turn comes again. */
  function draw() {
    const signs = [...views.values()].filter((view) => view.state === "paused" && isOurs(view.window));
    const kinds = [ready.length && "ready", signs.length && "paused", parts.length && "notice"].filter(Boolean);
    const told = kinds[turn % kinds.length] ?? "notice";
    const round = Math.floor(turn / Math.max(1, kinds.length));
    [readyBox.hidden, pausedBox.hidden, noticeBox.hidden] = [told !== "ready", told !== "paused", told !== "notice"];
    root.parentElement.toggleAttribute("data-no-strip", !signs.length && !ready.length && !isTicking);
    if (told === "ready") put(readyBox.lastElementChild, fill(say("get_ready"), { numbers: ready.join("  ") }));
    else if (told === "paused") {
      pausedBox.querySelector("ul").replaceChildren(...pageOf(signs, round, SIGNS_AT_ONCE).map((view) => sign(view, say)));
    } else put(noticeBox.firstElementChild, parts[round % parts.length] ?? "");
    fit(noticeBox);
  }

  setInterval(() => { turn += 1; draw(); }, TURN_TIME);
  /** Anew whenever the room or the letters are others. */
  function measure() {
    [readyBox.hidden, pausedBox.hidden, noticeBox.hidden] = [true, true, false];
    parts = notices.flatMap((notice) => partsOf(notice, noticeBox));
    draw();
  }

  new ResizeObserver(measure).observe(root);
  document.fonts.addEventListener("loadingdone", measure);
  measure();
  return {
    compose(shown) {
      isTicking = shown.ticker;
      notices = isTicking ? noticesOf(shown, facts, say) : [];
      measure();
    },
    /** Who is likely called next; none: nothing is known, or nobody. */
    ready(numbers) {
      if (numbers.join() === ready.join()) return;
      ready = numbers;
      draw();
    },
    replace(all) {
      views.clear();
      this.update(all);
    },
    update(changed) {
      for (const view of changed) views.set(view.window, view);
      draw();
    },
  };
}

function noticesOf({ hall_notices, notices }, { complaint_phone: phone }, say) {
  return [...hall_notices, ...notices, ...(phone ? [say("complaint", { phone })] : [])];
}

/** "3 → 5", or "3 please wait": what the clerk's sign says. */
function sign({ window, sign }, say) {
  if (sign?.kind === "go_to" && sign.window) {
    return make("li", {}, fill(say("paused_go_to"), { window, other: sign.window }));
  }
  return make("li", {}, fill(say(sign?.kind === "wait" ? "paused_wait" : "paused_plain"), { window }));
}

function pageOf(list, turn, most) {
  const pages = Math.ceil(list.length / most);
  return list.slice((turn % pages) * most, (turn % pages + 1) * most);
}

/** A long notice is set smaller rather than cut off; whether it is whole then. */
export function fit(box) {
  return SIZES.some((size) => {
    box.className = `notice-line ${size}`;
    return box.firstElementChild.offsetHeight <= box.clientHeight;
  });
}

/** What is too long even in the smallest letters is told in parts, one after the other. */
export function partsOf(text, box) {
  put(box.firstElementChild, text);
  if (fit(box)) return [text];
  const at = middleOf(text);
  return at ? [text.slice(0, at), text.slice(at)].flatMap((half) => partsOf(half.trim(), box)) : [text];
}

/** Between words, or between Chinese signs; 0 in what has no such place. */
function middleOf(text) {
  const places = [...text.matchAll(BREAKS)].map(({ index }) => index).filter((at) => at > 0 && at < text.length);
  const away = (at) => Math.abs(at - text.length / 2);
  return places.reduce((best, at) => (away(at) < away(best) ? at : best), 0);
}
