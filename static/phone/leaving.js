// Giving the number up: asked twice, because it can't be taken back.
import "../shared/press.js"; // here already when the press comes, whatever the line is like then

export class Leaving {
  constructor(part, leave, say) {
    Object.assign(this, { part, leave, say });
    this.on("no", () => this.sure(false));
    this.on("yes", () => this.go());
  }

  find(name) {
    return this.part.querySelector(`[data-leave-${name}]`);
  }

  on(name, act) {
    this.find(name).addEventListener("click", act);
  }

  sure(asked) {
    this.find("sure").hidden = !asked;
    this.find("ask").hidden = asked;
    this.trouble("");
    if (asked) this.find("sure").querySelector("h2").focus();
  }

  async go() {
    this.find("yes").disabled = true;
    this.trouble("");
    try {
      await this.leave();
    } catch (refused) {
      this.trouble(refused.problem?.detail ?? this.say("not_sent"));
    } finally {
      this.find("yes").disabled = false;
    }
  }

  trouble(sentence) {
    this.find("trouble").textContent = sentence;
    this.find("trouble").hidden = !sentence;
  }
}
