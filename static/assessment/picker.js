// The items of a scheme to choose from: grouped by its parts, found by words or by their number.
import { here, make, plain, say, signed } from "./desk.js";

export class Picker {
  constructor({ list, words, found }, chosen) {
    Object.assign(this, { list, words, found, chosen, scheme: null });
    words.addEventListener("input", () => this.filter());
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.list.querySelector("li:not([hidden]) input")?.click();
    });
    list.addEventListener("change", () => this.chosen(this.item));
  }

  show(scheme) {
    if (this.scheme?.id === scheme?.id && this.scheme?.version === scheme?.version) return;
    this.scheme = scheme;
    this.list.replaceChildren(...groups(scheme).map(([name, items]) =>
      make("section", {}, make("h3", {}, name), make("ul", {}, ...items.map(row)))));
    this.filter();
    this.chosen(null);
  }

  get item() {
    const code = this.list.querySelector("input:checked")?.value;
    return this.scheme?.items.find((each) => each.code === code) ?? null;
  }

  clear() {
    const checked = this.list.querySelector("input:checked");
    if (checked) checked.checked = false;
    this.words.value = "";
    this.filter();
    this.chosen(null);
  }

  /** Every typed word must stand in the item's text or part, or begin its number. */
  filter() {
    const asked = this.words.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const section of this.list.children) {
      for (const line of section.querySelectorAll("li")) {
        const fits = asked.every((word) => line.dataset.find.includes(word) || line.dataset.code.startsWith(word));
        line.hidden = !fits && !line.querySelector("input").checked;
        shown += fits;
      }
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    this.found.textContent = asked.length ? say("items_found", { n: shown }) : "";
  }
}

function groups({ parts, items }) {
  const named = [...parts.map((part) => [part.code, here(part.name)]), ["bonus", say("part_bonus")], ["malus", say("part_malus")]];
  return named.map(([code, name]) => [name, items.filter((item) => item.part === code && !["share_positive", "level_points"].includes(item.per))])
    .filter(([, some]) => some.length);
}

function row(item) {
  const text = here(item.text);
  const all = Object.values(item.text).join(" ").toLowerCase();
  return make("li", { "data-code": item.code.toLowerCase(), "data-find": all },
    make("label", {}, make("input", { type: "radio", name: "item", value: item.code }),
      make("span", { class: "code number" }, item.code), make("span", { class: "what" }, text),
      make("span", { class: "soft how" }, pointsWords(item))));
}

/** −2 each time; −3, once; from −1 to −3. */
export function pointsWords(item) {
  if (item.per === "score") return say("measured");
  if (!item.points && item.up_to === null) return say("points_blank");
  const points = item.up_to === null ? signed(item.points) : say("points_from_to", { from: signed(item.points), to: signed(item.up_to) });
  const how = item.how === "once" ? say("once") : say(`per_${item.per}`);
  const cap = item.cap === null ? "" : say("at_most", { points: plain(item.cap) });
  return [points, how, cap].filter(Boolean).join(" · ");
}
