// What a clerk should know about a ticket at a glance.
import { make } from "../shared/page.js";
import { data, say } from "./page_parts.js";

const TINT = { appointment: "deep" };

/** Tags for its class, for an absent holder, and for having been sent to this very window; a walk-in has none. */
export function tagsOf(ticket, isAway = false) {
  const tags = [];
  if (isAway) tags.push(tag("caution", say("away")));
  const name = data.classes[ticket.ticket_class];
  if (name) tags.push(tag(TINT[ticket.ticket_class] ?? "warm", name));
  if (ticket.direct_window) tags.push(tag("good", say("direct")));
  return tags;
}

function tag(tint, words) {
  return make("span", { class: `tag ${tint}` }, words);
}
