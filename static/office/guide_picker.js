// Choosing a service by a few letters: arrows and Enter, or a tap.
import { make } from "../shared/page.js";
import { search } from "../shared/search.js";
import { data, say } from "./desk.js";

const MOST = 7;
export const services = new Map(data.services.map((service) => [service.id, service]));

export class Picker {
  constructor(node, chosen) {
    Object.assign(this, { input: node.querySelector("input"), list: node.querySelector("ul"), chosen, service: null, found: [], at: 0 });
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (key) => this.move(key));
    this.input.addEventListener("blur", () => this.close());
  }

  look() {
    this.service = null;
    this.at = 0;
    this.found = search(data.services, this.input.value).slice(0, MOST);
    this.draw();
  }

  draw() {
    const isOpen = this.input.value.trim() !== "";
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    const options = this.found.map((service, at) => this.option(service, at));
    this.list.replaceChildren(...(options.length ? options : [make("li", { class: "soft" }, say("nothing_found"))]));
    if (options.length) this.input.setAttribute("aria-activedescendant", options[this.at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  option(service, at) {
    const take = (press) => {
      press.preventDefault();
      this.choose(service);
    };
    return make("li", { id: `${this.list.id}-${at}`, role: "option", "aria-selected": String(at === this.at), onpointerdown: take },
      make("strong", {}, service.name), make("span", { class: "soft" }, service.department));
  }

  move(key) {
    if (this.list.hidden || !this.found.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    if (step) {
      key.preventDefault();
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.draw();
    } else if (key.key === "Enter") {
      key.preventDefault();
      this.choose(this.found[this.at]);
    } else if (key.key === "Escape") this.close();
  }

  choose(service) {
    this.service = service;
    this.input.value = service.name;
    this.close();
    this.chosen();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  clear() {
    this.service = null;
    this.input.value = "";
    this.close();
  }
}
