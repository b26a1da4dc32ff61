// What the parts of the office share: the page's data, its words, and how a refusal is said.
import { pageData, words } from "/static/shared/page.js";
import { press } from "/static/shared/press.js";

export const data = pageData();
export const say = words(data);
export const find = (name) => document.querySelector(`[data-${name}]`);

/** A press from the office: its answer, or null after the refusal has been said. */
export async function ask(path, body = {}) {
  complain("");
  try {
    return await press(path, body);
  } catch (refusal) {
    complain(refusal.problem?.detail ?? say("uncertain"));
    return null;
  }
}

/** A look at the API: the answer, or null after the trouble has been said. */
export async function look(path) {
  try {
    const answer = await fetch(path, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    complain(answer.ok ? "" : told.detail);
    return answer.ok ? told : null;
  } catch {
    complain(say("uncertain"));
    return null;
  }
}

function complain(sentence) {
  find("fault").textContent = sentence;
  find("fault").hidden = !sentence;
}

export function percent(share) {
  return share === null ? say("unrated") : `${(100 * share).toFixed(1)} %`;
}
