// Reads aloud what is chosen and what happens, while the sound is on.
import { isOn } from "./aids.js";
import { Mouth } from "../shared/mouth.js";
import { numbered, stageOf, textOf } from "./stops.js";

const NEWS = "[role=status], [role=alert]";
/** Changes that come together are one piece of news. */
const GATHER = 150;

export class Reader {
  constructor(desk) {
    Object.assign(this, { desk, mouth: new Mouth(desk.data.language), last: "", news: null });
    addEventListener("focusin", (focus) => this.focused(focus.target));
    addEventListener("aid", ({ detail }) => detail === "sound" && this.turned());
    desk.addEventListener("view", () => this.arrived());
    desk.addEventListener("asked", () => this.tell(everything(stageOf())));
    desk.addEventListener("fresh", () => this.mouth.usual());
    const changes = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["hidden"] };
    new MutationObserver((list) => this.happened(list)).observe(document.body, changes);
  }

  turned() {
    if (isOn("sound")) this.keepSecrets();
    if (isOn("sound")) this.tell(`${this.desk.say("sound_on")} ${this.place()}`);
    else this.mouth.hush();
  }

  /** A new view: where one is, and how much there is to choose. */
  arrived() {
    this.justArrived = performance.now();
    if (isOn("sound")) this.keepSecrets();
    this.tell(this.place());
  }

  /** Where somebody types what is nobody's business, all keys are fetched beforehand and in one order. */
  keepSecrets() {
    const keys = document.querySelectorAll(".id-pad .key, [data-view|=id] .keyboard .key");
    this.mouth.keep([...keys].map(textOf));
  }

  place() {
    const title = document.querySelector("#content h1");
    const count = numbered().length;
    return [title && textOf(title), this.desk.say(count === 1 ? "sound_choice" : "sound_choices", { count })].filter(Boolean).join(". ");
  }

  /** The focus that a new view brings along is told with the view. */
  focused(node) {
    if (performance.now() - (this.justArrived ?? -GATHER) < GATHER || node.closest("dialog:not([open])")) return;
    this.tell(this.named(node));
  }

  named(node) {
    const number = node.dataset.pick && this.desk.say("sound_key", { number: node.dataset.pick });
    return [number, textOf(node), this.state(node)].filter(Boolean).join(". ");
  }

  state(node) {
    const pressed = node.getAttribute("aria-pressed");
    return pressed && this.desk.say(pressed === "true" ? "sound_chosen" : "sound_not_chosen");
  }

  /** What the page says by itself is heard too; what only counts on isn't news. */
  happened(list) {
    if (!isOn("sound")) return;
    const places = list.map(({ target }) => (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(NEWS));
    const news = [...new Set(places)].filter((place) => place?.checkVisibility() && textOf(place)).map(textOf).join(". ");
    if (!news || news === this.news) return;
    this.news = news;
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.tell(news), GATHER);
  }

  tell(text) {
    if (!isOn("sound") || !text) return;
    this.last = text;
    this.mouth.say(text).catch(reportError);
  }

  again() {
    this.tell(this.last);
  }

  louder(steps) {
    const step = this.mouth.louder(steps);
    this.mouth.say(this.desk.say("sound_step", { step })).catch(reportError);
  }
}

function everything(root) {
  return [...root.querySelectorAll("h2, p, button")].map(textOf).filter(Boolean).join(". ");
}
