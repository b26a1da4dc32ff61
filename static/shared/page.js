// What every page's script begins with: its data, its words, and small helpers to put them on the screen.

/** The data that the server put into the page. */
export function pageData() {
  return JSON.parse(document.getElementById("page-data").textContent);
}

/** words(data) -> say(key, values): the sentence of that key, with {name} filled in; `key_one` says it of one thing. */
export function words(data = pageData()) {
  return (key, values = {}) => fill((String(values.n) === "1" && data.words[`${key}_one`]) || (data.words[key] ?? key), values);
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A text of the API ({zh_Hans, zh_Hant, en}) in the page's language. */
export function here(text) {
  return text?.[document.documentElement.lang.replace("-", "_")] ?? text?.zh_Hans ?? "";
}

/** make("button", {class: "button", onclick: f, "aria-label": "…"}, "text", node, null): an element. */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) put(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, key, value) {
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (value === true) node.setAttribute(key, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
}

const SVG = "http://www.w3.org/2000/svg";
const DRAWINGS = new URL("icons.svg", import.meta.url).pathname;

/** A drawing from icons.svg. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const kept = document.getElementById(`icon-${name}`);
  svg.appendChild(document.createElementNS(SVG, "use")).setAttribute("href", kept ? `#${kept.id}` : `${DRAWINGS}#${name}`);
  return svg;
}

/** Keeps the drawings in the page, for one that goes on when the hall can't be reached. */
export async function keepIcons() {
  const answer = await fetch(DRAWINGS);
  const drawings = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  for (const drawing of drawings.querySelectorAll("[id]")) drawing.id = `icon-${drawing.id}`;
  drawings.setAttribute("class", "visually-hidden");
  document.body.append(drawings);
}

/** Loads the letters of all that the page may say, for one that goes on when the hall can't be reached; a device
    with Chinese letters of its own needs none. */
export async function keepFonts() {
  await document.fonts.ready;
  const needed = [...document.fonts].find((font) => font.family.includes("Noto") && font.status === "loaded");
  if (!needed) return;
  const said = document.getElementById("page-data").textContent + document.body.textContent;
  await Promise.all(["400", "700"].map((weight) => document.fonts.load(`${weight} 1em ${needed.family}`, said)));
}

/** Remembers a look (theme, contrast, size) on this device and shows it; an empty value forgets it. */
export function setLook(look, value) {
  if (value) document.documentElement.dataset[look] = value;
  else delete document.documentElement.dataset[look];
  localStorage.setItem(`hall.${look}`, value);
}

/** Which sentence tells a wait of low to high minutes, as the hall has rounded them: [key, values].
    The like of `told_as` in queueing/told.py. Keys: wait_unknown, wait_none, wait_few, wait_short {high},
    wait_range {low} {high}, wait_hours {low} {high}, wait_over {low}. */
export function waitSentence(low, high) {
  if (low === null || high === null || low === undefined || high === undefined) return ["wait_unknown", {}];
  if (high === 0) return ["wait_none", {}];
  if (low === 0) return high <= 5 ? ["wait_few", {}] : ["wait_short", { high }];
  if (low >= 120) return ["wait_over", { low: low / 60 }];
  if (low >= 60) return ["wait_hours", { low: low / 60, high: high / 60 }];
  return ["wait_range", { low, high }];
}
