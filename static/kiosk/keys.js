// A keypad or keyboard alone: arrows walk, digits choose the numbered tile, Enter presses, 0 goes back, * says it again.
import { isOn, turn } from "./aids.js";
import { controls, heard, inFoot, numbered } from "./stops.js";

/** So long a second digit may follow. */
const NEXT_DIGIT = 1500;
const WAYS = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const KEPT = "kiosk.keypad";

export class Keys {
  constructor(desk, reader) {
    Object.assign(this, { desk, reader, typed: "", timer: null, atFoot: false });
    addEventListener("keydown", (press) => this.key(press));
    const asked = new URLSearchParams(location.search).get("keypad");
    if (asked !== null) localStorage.setItem(KEPT, asked);
    const hasKeypad = localStorage.getItem(KEPT) === "1";
    document.querySelector("[data-keypad]").hidden = !hasKeypad;
    if (hasKeypad) this.showNumbers();
    desk.addEventListener("view", () => this.number((this.atFoot = false)));
    desk.addEventListener("fresh", () => this.forget());
    new MutationObserver(() => this.number()).observe(document.getElementById("content"), { childList: true, subtree: true });
  }

  /** ?keypad=1 makes a device with a keypad show the numbers always; elsewhere the first key brings them. */
  showNumbers() {
    document.documentElement.dataset.keys = "on";
    this.number();
  }

  forget() {
    if (localStorage.getItem(KEPT) !== "1") delete document.documentElement.dataset.keys;
  }

  number() {
    const places = this.places();
    for (const old of document.querySelectorAll("[data-pick]")) if (!places.includes(old)) delete old.dataset.pick;
    places.forEach((node, at) => { node.dataset.pick = at + 1; });
  }

  places() {
    return this.atFoot ? inFoot() : numbered();
  }

  /** The point lends the digits to the languages and aids at the foot, for one choice. */
  foot(isIn = !this.atFoot) {
    Object.assign(this, { typed: "", atFoot: isIn });
    this.number();
    if (isIn) this.reader.tell(inFoot().map((node) => this.reader.named(node)).join(". "));
  }

  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || press.defaultPrevented) return;
    const work = this.work(press);
    if (!work) return;
    press.preventDefault();
    this.showNumbers();
    work();
  }

  /** What the key does here, or nothing. */
  work({ key, target }) {
    if (key === "F1") return () => turn("sound");
    const isTyping = target.matches?.("input");
    if (/^[0-9]$/.test(key)) return isTyping ? null : () => this.digit(key);
    if ((key === "." || key === ",") && !isTyping && !document.querySelector("dialog[open]")) return () => this.foot();
    if (key in WAYS && !(isTyping && WAYS[key][0])) return () => this.walk(WAYS[key]);
    if (key === "Enter" && target === document.body) return () => this.walk([0, 1]);
    if (!isOn("sound")) return null;
    if (key === "*") return () => this.reader.again();
    return { "+": () => this.reader.louder(1), "-": () => this.reader.louder(-1) }[key] ?? null;
  }

  digit(sign) {
    const places = this.places();
    clearTimeout(this.timer);
    this.typed = Number(this.typed + sign) <= places.length ? this.typed + sign : sign;
    const wanted = Number(this.typed);
    if (!wanted) return this.backwards();
    if (wanted > places.length) this.typed = "";
    else if (wanted * 10 > places.length) this.choose(places[wanted - 1]);
    else {
      places[wanted - 1].focus();
      this.timer = setTimeout(() => this.choose(places[wanted - 1]), NEXT_DIGIT);
    }
  }

  choose(place) {
    this.typed = "";
    if (!place?.isConnected) return;
    if (this.atFoot) this.foot(false);
    place.focus();
    place.click();
  }

  backwards() {
    this.typed = "";
    if (this.atFoot) return this.foot(false);
    const dialog = document.querySelector("dialog[open]");
    if (dialog) dialog.close("stay");
    else this.desk.walk.back();
  }

  /** By ear in the order of the page, everything; by eye to the nearest thing to press in that direction. */
  walk([right, down]) {
    this.typed = "";
    clearTimeout(this.timer);
    const stops = isOn("sound") ? heard() : controls();
    const next = (isOn("sound") ? null : nearest(stops, [right, down])) ?? inOrder(stops, right + down);
    if (!next) return;
    if (!next.matches("button, a[href], input")) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}

function inOrder(stops, step) {
  const here = stops.indexOf(document.activeElement);
  if (here >= 0) return stops[(here + step + stops.length) % stops.length];
  const after = stops.findIndex((stop) => document.activeElement.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
  return stops.at(step > 0 ? Math.max(0, after) : after - 1);
}

/** Sideways counts double: a step down stays in its column. */
function nearest(stops, [right, down]) {
  if (!stops.includes(document.activeElement)) return null;
  const from = middle(document.activeElement);
  let best = null;
  for (const stop of stops) {
    const to = middle(stop);
    const ahead = (to.x - from.x) * right + (to.y - from.y) * down;
    const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
    const far = ahead + 2 * aside;
    if (ahead > 8 && (!best || far < best.far)) best = { stop, far };
  }
  return best?.stop ?? null;
}

function middle(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
