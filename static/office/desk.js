// What the parts of the office share: the page's data, its words, and how a refusal is said.
import { pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";

export const data = pageData();
export const say = words(data);
export const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, hour: "2-digit", minute: "2-digit", hour12: false,
});
export const find = (name) => document.querySelector(`[data-${name}]`);

/** A press from the office: its answer, or null after the refusal has been said; `refused` hears its code. */
export async function ask(path, body = {}, refused = () => {}) {
  complain("");
  try {
    return await press(path, body);
  } catch (refusal) {
    complain(refusal.problem?.detail ?? say("uncertain"));
    refused(refusal.code);
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
  return share === null ? say("unrated") : `${+(100 * share).toFixed(1)}%`;
}

/** A large figure at the top of the hall; `alarm` is bad, caution or nothing. */
export function tally(name, value, alarm = "") {
  const figure = document.querySelector(`[data-tile="${name}"]`);
  figure.textContent = value;
  figure.parentElement.dataset.alarm = alarm;
}

/** New content in which whatever says the same stays the same element, so that nothing flickers. */
export function renew(parent, nodes) {
  const old = [...parent.children];
  nodes.forEach((node, place) => {
    if (!old[place]) parent.append(node);
    else if (!old[place].isEqualNode(node)) old[place].replaceWith(node);
  });
  old.slice(nodes.length).forEach((node) => node.remove());
}
