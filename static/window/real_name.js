// Whose ticket it is, where the service goes by real names: the last signs of the document, to compare with the card.
import { fillIn, say, services, showPart } from "./page_parts.js";

const AGAIN = 3000;

let asked = null;

/** Asks once for each ticket that comes to the window; nobody else hears the answer. */
export function drawRealName(current) {
  const ticket = services.get(current?.service)?.real_name ? current.ticket : null;
  if (ticket === asked) return;
  asked = ticket;
  showPart("identity", false);
  if (ticket) ask(ticket);
}

async function ask(ticket) {
  const answer = await fetch(`/api/v1/tickets/${encodeURIComponent(ticket)}/identity`, { cache: "no-store" }).catch(() => null);
  if (ticket !== asked) return;
  if (!answer?.ok) return void setTimeout(() => forget(ticket), AGAIN);
  fillIn("identity", sentence(await answer.json()));
  showPart("identity", ticket === asked);
}

function forget(ticket) {
  if (ticket === asked) asked = null;
}

function sentence({ document: kind, masked }) {
  if (!kind) return say("real_name_none");
  return say(`real_name_${kind}`, { masked: `…${masked.replaceAll("*", "")}` });
}
