/** One call as it stands on the board: number, arrow, window. */
import { make } from "../shared/page.js";

const SVG = "http://www.w3.org/2000/svg";

/** An arrow as high as the text beside it. */
export function arrow() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "arrow");
  svg.setAttribute("viewBox", "0 0 64 48");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", "M4 24h52M37 6l19 18-19 18");
  return svg;
}

/** "Window 12" with its number apart, so that it can be larger than the word. */
export function place(sentence, window) {
  const [before, after] = sentence.split("{window}").map((word) => word.trim());
  return make("span", { class: "place" },
    before && make("span", { class: "word" }, before),
    make("b", { class: "number" }, window),
    after && make("span", { class: "word" }, after));
}

export function row(call, say, sentence, newest) {
  const isNewest = newest && call.state === "called";
  const flag = flagOf(call, say) || (isNewest && say("newest"));
  const looks = ["call", flag && "flagged", isNewest && "newest"].filter(Boolean).join(" ");
  return make("li", { class: looks, "data-ticket": call.ticket, "data-number": call.number, "data-window": call.window },
    make("span", { class: "number" }, call.number),
    flag && make("span", { class: "flag" }, flag),
    arrow(), place(sentence, call.window));
}

const FLAGS = { no_show: "missed", serving: "serving", held: "held" };

/** What a row says besides: missed, at the window already, set aside, or called again. */
export function flagOf(call, say) {
  if (FLAGS[call.state]) return say(FLAGS[call.state]);
  return call.again && call.state === "called" ? say("again") : "";
}

/** Whether somebody is still to come; one who is there, or has gone, needs no bright colour. */
export function isAwaited(call) {
  return call.state === "called" || call.state === "no_show";
}

/** The parent's children become these, moving as few as possible: a running pulse isn't started again. */
export function sync(parent, nodes) {
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}
