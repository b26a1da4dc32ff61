// The question on the phone: brought when the visit is over, because until then nobody needs it.
import { freshPage } from "/static/phone/fresh.js";

export class Rating {
  constructor(section, send) {
    Object.assign(this, { section, send, question: null, coming: null });
  }

  get ready() {
    return this.question !== null;
  }

  /** Asks for it once, however often it is wanted; after a failure the next wish asks again. */
  load() {
    this.coming ??= this.bring().finally(() => { this.coming = null; });
    return this.coming;
  }

  async bring() {
    if (!this.form) this.section.replaceChildren(...(await freshPage()).querySelector("[data-when=rate]").childNodes);
    const { Question } = await import("/static/rating/question.js");
    this.question = new Question(this.form, { send: this.send });
  }

  get form() {
    return this.section.querySelector("[data-question]");
  }

  shown() {
    this.question?.shown();
  }

  trouble(sentence) {
    this.question.trouble(sentence);
  }
}
