/** The board's lowest line: windows that are paused and where to go instead, and the hall's notices in turn. */
import { fill, make } from "../shared/page.js";
import { put } from "./status.js";

const TURN_TIME = 6000;
const SIGNS_AT_ONCE = 3;
const SIZES = ["", "long", "longest"];
const BREAKS = /\s+|(?<=[\u2e80-\uffef])(?![，。、；：！？）》”])/g;

export function openStrip(root, facts, say, isOurs) {
  const [pausedBox, noticeBox] = [root.querySelector("[data-paused]"), root.querySelector("[data-notice]")];
  const views = new Map();
  let notices = [];
  let parts = [];
  let isTicking = true;
  let turn = 0;

  /** While anything is paused, every other turn tells it. */
  function draw() {
    const signs = [...views.values()].filter((view) => view.state === "paused" && isOurs(view.window));
    const tellsSigns = signs.length > 0 && (turn % 2 === 0 || !parts.length);
    const half = signs.length ? Math.floor(turn / 2) : turn;
    pausedBox.hidden = !tellsSigns;
    noticeBox.hidden = tellsSigns;
    root.parentElement.toggleAttribute("data-no-strip", !signs.length && !isTicking);
    if (tellsSigns) {
      pausedBox.querySelector("ul").replaceChildren(...pageOf(signs, half, SIGNS_AT_ONCE).map((view) => sign(view, say)));
    } else put(noticeBox.firstElementChild, parts[half % parts.length] ?? "");
    fit(noticeBox);
  }

  setInterval(() => { turn += 1; draw(); }, TURN_TIME);
  /** Anew whenever the room or the letters are others. */
  function measure() {
    [pausedBox.hidden, noticeBox.hidden] = [true, false];
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
