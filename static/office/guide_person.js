// Somebody with a document in hand: their open numbers, and a block taken off. What is typed is wiped at once.
import { make } from "../shared/page.js";
import { ask, find, say } from "./desk.js";
import { services } from "./guide_picker.js";

export function startPersons() {
  const form = find("person-form");
  form?.addEventListener("submit", (press) => {
    press.preventDefault();
    send("look");
  });
  form?.querySelector("[data-lift]").addEventListener("click", () => send("lift"));
}

async function send(what) {
  const field = document.getElementById("person");
  const number = field.value.trim();
  if (!number) return field.focus();
  const kind = /^[0-9]{17}[0-9Xx]$/.test(number) ? "resident" : "other";
  const answer = await ask(`/api/v1/identities/${what}`, { document: kind, number });
  if (!answer) return field.select();
  field.value = "";
  field.focus();
  find("person-found").replaceChildren(...told(answer));
}

function told(answer) {
  const lines = answer.open.map((each) => say("person_open", { number: each.number, service: services.get(each.service)?.name ?? each.service }));
  if (!answer.open.length) lines.push(say("person_none"));
  if (answer.was_blocked_until) lines.push(say("person_lifted"));
  else lines.push(answer.blocked_until ? say("person_blocked", { day: answer.blocked_until }) : say("person_free"));
  return lines.map((line) => make("p", {}, line));
}
