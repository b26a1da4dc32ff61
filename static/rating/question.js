// The question after a service: one tap is the answer; a negative one asks for its reason before it is sent.
// The markup is templates/rating/_question.html; the pad and the ticket's page both use it.

/** A finger that was already on its way when the buttons appeared hasn't chosen anything. */
export const SETTLE_MS = 400;

/** A negative level and the first digit of its national reason codes. */
export const NEGATIVE = { dissatisfied: "2", very_dissatisfied: "1" };

/** Which of the coded reasons fit a level: its own, "other" always; all of them when it has none of its own. */
export function fitting(level, codes) {
  const own = codes.filter((code) => code.startsWith(NEGATIVE[level]));
  return own.length ? [...own, "other"] : codes;
}

/**
 * Brings the form to life. `send({level, reasons, comment})` answers with a promise; it deals with refusals itself.
 * `touched()` is told of every sign of life, so that nobody is cut off while writing; `early()` of a touch that came
 * before the question listened, so that nobody thinks it was their answer.
 */
export class Question {
  constructor(form, { send, touched = () => {}, early = () => {}, ended = () => {} }) {
    Object.assign(this, { form, send, early, ended, sending: false, level: null });
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    for (const sign of ["input", "pointerdown"]) form.addEventListener(sign, () => this.level && touched());
    form.addEventListener("change", () => this.find("[data-missing]").toggleAttribute("hidden", true));
    this.ask();
  }

  /** From the beginning, for a new ticket. */
  ask() {
    this.form.reset();
    this.level = null;
    this.trouble("");
    this.step("level");
  }

  find(selector) {
    return this.form.querySelector(selector);
  }

  step(name) {
    for (const part of this.form.querySelectorAll("[data-step]")) part.hidden = part.dataset.step !== name;
    this.form.dataset.at = name;
    this.form.dispatchEvent(new CustomEvent("step", { detail: { step: name, level: this.level }, bubbles: true }));
    this.shown();
  }

  /** Call when the question comes into sight: from now on, 400 ms, a touch means nothing. */
  shown() {
    this.since = performance.now();
    this.form.toggleAttribute("data-settling", true);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.form.removeAttribute("data-settling"), SETTLE_MS);
  }

  get settled() {
    return performance.now() - this.since >= SETTLE_MS;
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (this.sending) event.preventDefault();
    else if (!this.settled) this.tooEarly(event);
    else if (button.dataset.level) this.choose(button.dataset.level);
    else if ("back" in button.dataset) this.ask();
    else if ("more" in button.dataset) this.offer(null);
  }

  /** The second tap of a double one, after a step of their own, needs no word. */
  tooEarly(event) {
    event.preventDefault();
    if (this.form.dataset.at === "level") this.early();
  }

  choose(level) {
    this.level = level;
    this.trouble("");
    if (!(level in NEGATIVE)) return this.deliver();
    this.offer(level);
    this.step("why");
    this.find("[data-step=why] h2").focus();
  }

  /** Shows the reasons that fit the level; null: every one. */
  offer(level) {
    const labels = [...this.form.querySelectorAll("[data-code]")];
    const codes = labels.map((label) => label.dataset.code);
    const fit = level ? fitting(level, codes) : codes;
    for (const label of labels) label.hidden = !fit.includes(label.dataset.code);
    const all = fit.length === codes.length;
    this.form.toggleAttribute("data-all", all);
    this.find("[data-more]").hidden = all;
    this.find("[data-missing]").hidden = true;
  }

  get reasons() {
    return [...this.form.querySelectorAll("[name=reason]:checked")].map((box) => box.value);
  }

  submitted(event) {
    event.preventDefault();
    if (!this.settled || this.sending || !this.level) return;
    if (this.reasons.length) this.deliver();
    else this.find("[data-missing]").hidden = false;
  }

  async deliver() {
    this.busy(true);
    this.trouble("");
    const comment = this.find("[name=comment]")?.value.trim() ?? "";
    try {
      await this.send({ level: this.level, reasons: this.reasons, comment });
    } finally {
      this.busy(false);
      this.ended();
    }
  }

  busy(sending) {
    this.sending = sending;
    this.form.toggleAttribute("aria-busy", sending);
  }

  /** A sentence about what went wrong, beside the buttons; empty takes it away. */
  trouble(sentence) {
    const note = this.find("[data-trouble]");
    note.textContent = sentence;
    note.hidden = !sentence;
  }
}
