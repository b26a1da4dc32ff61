// One press on its way: sent until the hall has answered or refused it, and the clerk is told that it is on its way.
import { press, PressRefused, PressUncertain } from "../shared/press.js";
import { say } from "./page_parts.js";

export class Sending {
  /** `tell`: {done(press, answer), refused(problem), doubt(sentence)}. */
  constructor(desk, guard, line, tell) {
    Object.assign(this, { desk, guard, line, tell });
  }

  /** The answer; undefined when the press was refused, uncertain, or not even tried. */
  send(name, body) {
    return this.guard.through(async () => {
      const before = this.#picture(body);
      const waiting = () => this.tell.doubt(say("waits_for_hall"));
      try {
        return this.#answered(name, await press(`/api/v1/windows/${this.desk.window}/${name}`, body, { waiting }));
      } catch (fault) {
        return await this.#failed(fault, body, before);
      }
    });
  }

  #answered(name, answer) {
    this.tell.done(name, answer);
    return answer;
  }

  async #failed(fault, body, before) {
    if (fault instanceof PressRefused) return this.#refused(fault.problem);
    if (!(fault instanceof PressUncertain)) reportError(fault);
    this.tell.doubt(say("unsure"));
    await this.line.refresh();
    this.tell.doubt(say(this.#picture(body) === before ? "not_done" : "was_done"));
    return undefined;
  }

  #refused(problem) {
    this.tell.refused(problem);
    this.line.refresh();
  }

  /** What the press was about to change, to see afterwards whether it did. */
  #picture(body) {
    return JSON.stringify([this.desk.view, this.desk.current, this.desk.tickets.get(body.ticket) ?? null]);
  }
}
