// Whether a score is released or still moves.
import { momentText, person, say } from "./desk.js";

export const isMonth = (period) => /^\d{4}-\d\d$/.test(period);

export function standingWords({ release }) {
  if (!release) return say("not_released");
  return [say("released_on", { time: momentText(release.at), who: person(release.actor) }), say("revision_n", { n: release.revision })].join(" · ");
}

/** A clerk isn't told who released it. */
export function ownStandingWords({ release }) {
  return release ? [say("released_when", { time: momentText(release.at) }), say("revision_n", { n: release.revision })].join(" · ") : say("not_released");
}

/** The names of a scheme's parts and limits, where it is still the one that was counted by. */
export const matching = (scheme, { scheme: used }) => (scheme && scheme.id === used.id && scheme.version === used.version ? scheme : null);
