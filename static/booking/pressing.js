// A press that may be made twice: while one is under way no other begins, and the same wish goes under the same key.
import { make } from "../shared/page.js";
import { freshKey, press } from "../shared/press.js";

export class Pressing {
  constructor(say) {
    Object.assign(this, { say, busy: false, wish: "", key: "" });
    this.note = document.querySelector("[data-trouble]");
  }

  /** What the hall answered, or null: then why not stands on the page. */
  async send(path, body, more = () => []) {
    if (this.busy) return null;
    this.busy = true;
    this.tell("");
    try {
      return await press(path, body, { key: this.keyOf(path, body), waiting: () => this.tell(this.say("waits_for_hall")) });
    } catch (refused) {
      if (refused.name === "PressRefused") this.wish = "";
      this.tell(refused.problem?.detail ?? this.say("not_sent"), more(refused.problem ?? {}));
      return null;
    } finally {
      this.busy = false;
    }
  }

  keyOf(path, body) {
    const wish = path + JSON.stringify(body);
    if (wish !== this.wish) Object.assign(this, { wish, key: freshKey() });
    return this.key;
  }

  tell(sentence, more = []) {
    this.note.replaceChildren(...(sentence ? [make("p", {}, sentence), ...more] : []));
    this.note.hidden = !sentence;
    if (sentence) this.note.scrollIntoView({ block: "nearest" });
  }
}

/** Free half hours instead of one that is taken; `link` makes something to touch of each. */
export function near(say, problem, link) {
  const found = problem.near ?? [];
  return found.length ? [make("p", {}, say("near")), ...found.map(link)] : [];
}
