// What can be walked on the page: everything to press, and for ears everything to read.

const CONTROLS = "button, a[href], input";
const READ = "h1, h2, h3, p, li, dl > div, figcaption";
/** Pressed by their number on the keypad: first the tiles; keys of a drawn keyboard and ways up, down and back have none. */
const TILES = ".service, .office, .ground";
const NOT_NUMBERED = ".key, .back, .pager *";

const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(".skip");

/** Where a visitor is: the question that lies over the page, or the page. */
export function stageOf() {
  return document.querySelector("dialog[open]") ?? document.body;
}

/** Everything to press, in the order of the page. */
export function controls(root = stageOf()) {
  return [...root.querySelectorAll(CONTROLS)].filter((node) => isShown(node) && !node.disabled);
}

/** Everything to hear: what is inside another stop is heard with it. */
export function heard(root = stageOf()) {
  const all = [...root.querySelectorAll(`${CONTROLS}, ${READ}`)].filter((node) => isShown(node) && !node.disabled);
  return all.filter((node) => textOf(node) && !all.some((other) => other !== node && other.contains(node)));
}

/** What the keypad's digits choose; told anew, because lists change. */
export function numbered() {
  const root = document.querySelector("dialog[open]") ?? document.getElementById("content");
  const rest = [...root.querySelectorAll("button, a[href]")].filter((node) => !node.matches(`${TILES}, ${NOT_NUMBERED}`));
  return [...root.querySelectorAll(TILES), ...rest].filter((node) => isShown(node) && !node.disabled);
}

/** What the digits choose after the point: the languages, then what helps to see, reach and hear. */
export function inFoot() {
  return [...document.querySelectorAll(".k-bar [data-language], .k-bar [data-aid]")].filter(isShown);
}

export function textOf(node) {
  if (node.matches("input")) return `${node.getAttribute("aria-label")}: ${node.value}`;
  return (node.getAttribute("aria-label") ?? node.innerText).replace(/\s*\n\s*/g, ", ").replace(/\s+/g, " ").trim();
}
