// The line under the buttons: what happened, what was refused, what is not certain.
import { find, say, write } from "./page_parts.js";

const TROUBLE = find("[data-trouble]");
const NEWS = find("[data-news]");

/** A refusal or a doubt, read aloud at once; stays until the next news. */
export function trouble(sentence) {
  write(TROUBLE, sentence);
  write(NEWS, "");
}

export function news(sentence) {
  write(NEWS, sentence);
  write(TROUBLE, "");
}

/** [{action, number}] as one sentence. */
export function sentenceOf(steps, prefix, window) {
  return steps.map(({ action, number }) => say(`${prefix}_${action}`, { number, window })).join(say("and"));
}

