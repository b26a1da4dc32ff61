// A number for somebody who can't or won't use the kiosk.
import { icon, make, waitSentence } from "../shared/page.js";
import { ask, data, find, say } from "./desk.js";
import { ClassChoice, WALK_IN } from "./guide_class.js";
import { Picker } from "./guide_picker.js";

export function startTaking() {
  const form = find("take-form");
  const button = form.querySelector("[type=submit]");
  const picker = new Picker(form.querySelector("[data-picker]"), () => button.focus());
  form.addEventListener("submit", async (press) => {
    press.preventDefault();
    if (!picker.service) return picker.input.focus();
    button.disabled = true;
    await take(form, picker);
    button.disabled = false;
    picker.input.focus();
  });
}

async function take(form, picker) {
  const { service } = picker;
  const choice = new ClassChoice(form, "take-priority");
  const { value } = choice;
  const answer = await ask("/api/v1/tickets", { service: service.id, language: data.language, ticket_class: value });
  if (!answer) return;
  find("taken").replaceChildren(taken(answer, service, value));
  picker.clear();
  choice.clear();
}

function taken(answer, service, given) {
  const facts = [say("ahead", { count: answer.ahead }), say(...waitSentence(answer.low, answer.high))];
  return make("article", { class: "taken-ticket" },
    make("div", {},
      make("p", { class: "number" }, answer.ticket.number),
      make("p", {}, service.name, given !== WALK_IN && make("span", { class: "tag" }, icon("heart"), data.names[given])),
      make("p", { class: "soft" }, facts.join(" · "))),
    make("img", { class: "taken-code", src: answer.qr, alt: "", width: 150, height: 150 }));
}
