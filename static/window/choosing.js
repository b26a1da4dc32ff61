// Choosing a window: one's own first, then any of the hall's, each with who sits there now.
import { openHall } from "../shared/hall.js";
import { here, make } from "../shared/page.js";
import { data, find, findAll, say, write } from "./page_parts.js";
import { matching } from "./searching.js";
import { sitAt } from "./sitting.js";

const FIELD = find("#find-window");
const FAULT = find("[data-choose-fault]");
const SEATING = new Set(["sit", "leave", "pause", "open"]);
const views = new Map();

export class Choosing {
  /** `seated(window)` is called once the clerk sits; `live` as hall.js calls it. */
  constructor(seated, live) {
    Object.assign(this, { seated, live, hall: null, busy: false });
    find('[data-face="choose"]').addEventListener("click", (event) => this.#clicked(event));
    FIELD.addEventListener("input", () => this.#draw());
    FIELD.addEventListener("keydown", (event) => event.key === "Enter" && this.#first());
  }

  open() {
    this.trouble("");
    FIELD.value = "";
    this.hall = openHall({ screen: "start" }, {
      snapshot: () => this.#look(),
      events: (list) => this.#heard(list),
      live: this.live,
    });
    this.#draw();
    find("[data-sit]")?.focus();
  }

  close() {
    this.hall?.close();
    this.hall = null;
  }

  /** The hall's time, while this face is open. */
  now() {
    return this.hall?.seq === null ? null : this.hall?.now() ?? null;
  }

  trouble(sentence) {
    FAULT.hidden = !sentence;
    write(FAULT, sentence);
  }

  async #look() {
    const response = await fetch("/api/v1/windows", { headers: { Accept: "application/json" } });
    const { windows } = await response.json();
    for (const window of windows) views.set(window.id, window.view);
    this.#draw();
  }

  /** Public events don't say whose seat it is; the API tells those who are signed in. */
  #heard(list) {
    if (list.some(({ action }) => SEATING.has(action))) this.#look();
  }

  #draw() {
    const own = data.windows.filter((window) => data.me.windows.includes(window.id));
    const every = matching(data.windows, FIELD.value);
    show(find("[data-own]"), FIELD.value ? [] : own, true);
    show(find("[data-every]"), every, false);
    find("[data-none]").hidden = every.length > 0;
  }

  #clicked(event) {
    const card = event.target.closest("[data-sit]");
    if (card) this.#sit(card.dataset.sit);
  }

  /** Enter in the search sits down where there is no doubt: the number itself, or the only one found. */
  #first() {
    const [first, second] = matching(data.windows, FIELD.value);
    if (FIELD.value && first && (!second || first.id === FIELD.value.trim())) this.#sit(first.id);
  }

  async #sit(window) {
    if (this.busy) return;
    this.busy = true;
    this.trouble("");
    const sits = await sitAt(window, (sentence) => this.trouble(sentence));
    this.busy = false;
    if (sits) this.seated(window);
  }
}

/** Cards keep their place and focus; only what they say changes. */
function show(grid, windows, isOwn) {
  const cards = new Map(findAll("[data-sit]", grid).map((card) => [card.dataset.sit, card]));
  const wanted = windows.map((window) => filled(cards.get(window.id) ?? card(window, isOwn), window));
  const same = wanted.length === grid.children.length && wanted.every((each, place) => grid.children[place] === each);
  if (!same) grid.replaceChildren(...wanted);
}

function card(window, isOwn) {
  return make("button", { class: isOwn ? "button seat own" : "button seat", type: "button", "data-sit": window.id },
    make("b", { class: "number" }, window.id),
    make("span", { class: "words" }, make("span", { class: "name" }, window.name),
      make("span", { class: "soft", "data-sitter": true })));
}

function filled(card, window) {
  const clerk = views.get(window.id)?.clerk;
  card.classList.toggle("taken", Boolean(clerk) && clerk.id !== data.me.id);
  write(find("[data-sitter]", card), sitterWords(clerk));
  return card;
}

function sitterWords(clerk) {
  if (!clerk) return say("nobody_sits");
  return clerk.id === data.me.id ? say("you_sit") : say("sits", { name: here(clerk.name) });
}
