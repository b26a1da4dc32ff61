// The page of whoever rated: leaves a way to be reached, or rates once more; then shows how it stands.
import { pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";

const data = pageData();
const say = words(data);

async function send(name, body, tell) {
  try {
    await press(`/api/v1/f/${data.link}/${name}`, body, { waiting: () => tell(say("waits_for_hall")) });
    location.reload();
  } catch (refused) {
    tell(refused.problem?.detail ?? say("not_sent"));
  }
}

const contact = document.querySelector("[data-contact]");
contact?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!contact.reportValidity()) return;
  const button = contact.querySelector("[type=submit]");
  const note = contact.querySelector("[data-trouble]");
  button.disabled = true;
  await send("contact", { name: contact.elements.name.value.trim(), phone: contact.elements.phone.value.trim() }, (sentence) => {
    note.textContent = sentence;
    note.hidden = !sentence;
  });
  button.disabled = false;
});

const again = document.querySelector("[data-again]");
if (again) {
  const { Question } = await import("../rating/question.js");
  const question = new Question(again.querySelector("[data-question]"), {
    send: ({ level, reasons }) => send("rating", { level, reasons }, (sentence) => question.trouble(sentence)),
  });
}
