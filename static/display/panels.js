/** The panels beside the calls: who waits, what is promised, the month's best windows. They take turns by themselves. */
import { icon, make } from "../shared/page.js";
import { place } from "./rows.js";
import { put } from "./status.js";

export function openPanels(root, facts, say) {
  const panel = (name) => root.querySelector(`[data-panel="${name}"]`);
  const all = ["waiting", "promises", "red_flags"];
  let shown = {};
  let turn = 0;
  let timer = 0;

  /** A panel without anything to say is left out. */
  function full() {
    const hasSomething = {
      waiting: true,
      promises: shown.promises.length > 0 || Boolean(facts.complaint_phone) || Boolean(shown.published),
      red_flags: shown.red_flags.windows.length > 0,
    };
    return shown.panels.filter((name) => hasSomething[name]);
  }

  function draw() {
    fillPromises(panel("promises"), shown.promises, facts.complaint_phone);
    fillPublished(panel("promises").querySelector("[data-published]"), shown.published, facts, say);
    fillFlags(panel("red_flags"), shown.red_flags, facts, say);
    turn = 0;
    clearInterval(timer);
    if (root.dataset.layout === "media") return only(full().includes("waiting") ? ["waiting"] : []);
    const names = root.dataset.layout === "beside" ? full() : [];
    if (names.length > 1) timer = setInterval(() => { turn += 1; only([names[turn % names.length]]); }, shown.panel_seconds * 1000);
    only(names.slice(0, 1));
  }

  function only(names) {
    for (const name of all) panel(name).hidden = !names.includes(name);
    root.dataset.side = names[0] ?? "none";
  }

  return {
    apply(now) { shown = now; draw(); },
    /** Those that are slides of the playlist where pictures have the room. */
    cards: () => full().filter((name) => name !== "waiting"),
    panel,
    full,
  };
}

function fillPromises(box, promises, phone) {
  box.querySelector("ul").replaceChildren(...promises.map((line) => make("li", {}, icon("check"), make("span", {}, line))));
  box.dataset.lines = promises.length;
  box.querySelector("[data-phone]").hidden = !phone;
  put(box.querySelector("[data-phone] b"), phone ?? "");
}

const TAGS = { zh_Hans: "zh-Hans-CN", zh_Hant: "zh-Hant-TW", en: "en-GB" };

/** The last month's ratings: how many, how many positive, how many bad ones put right. */
function fillPublished(line, told, { language }, say) {
  line.hidden = !told;
  if (!told) return;
  const tag = TAGS[language];
  const share = (part) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1, roundingMode: "floor" }).format(part);
  const month = new Intl.DateTimeFormat(tag, { timeZone: "UTC", month: "long" }).format(new Date(`${told.month}-01T00:00Z`));
  const ratings = new Intl.NumberFormat(tag).format(told.ratings);
  const known = { month, ratings, positive: share(told.positive ?? 0) };
  put(line, told.put_right === null ? say("published", known) : say("published_right", { ...known, put_right: share(told.put_right) }));
}

const MOST_FLAGS = 5;

function fillFlags(box, { period, day: published, windows }, facts, say) {
  if (!period) return;
  const tag = TAGS[facts.language];
  const day = (iso, parts) => new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...parts }).format(new Date(`${iso}T00:00Z`));
  put(box.querySelector("[data-flags-title]"), say("flags_of", { month: day(`${period}-01`, { month: "long" }) }));
  put(box.querySelector("[data-flags-until]"), say("flags_published", { day: day(published, { month: "long", day: "numeric" }) }));
  const more = box.querySelector("[data-flags-more]");
  more.hidden = windows.length <= MOST_FLAGS;
  put(more, say("flags_more", { n: windows.length - MOST_FLAGS }));
  box.dataset.lines = Math.min(windows.length, MOST_FLAGS);
  box.querySelector("ol").replaceChildren(...windows.slice(0, MOST_FLAGS).map(({ window, name }) =>
    make("li", { "data-window": window }, flag(), place(facts.words.window, window), make("span", { class: "name" }, name))));
}

const SVG = "http://www.w3.org/2000/svg";

function flag() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "flag-drawing");
  svg.setAttribute("viewBox", "0 0 48 64");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, d] of [["pole", "M6 4v56"], ["cloth", "M8 6h34l-9 13 9 13H8z"]]) {
    const path = svg.appendChild(document.createElementNS(SVG, "path"));
    path.setAttribute("class", name);
    path.setAttribute("d", d);
  }
  return svg;
}
