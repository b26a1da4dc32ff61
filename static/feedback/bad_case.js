// One bad rating: the next step is sent once, and the page shows what came of it.
import { pageData, words } from "../shared/page.js";
import { freshKey, press } from "../shared/press.js";

const data = pageData();
const say = words(data);
const form = document.querySelector("[data-next]");
/** The same step sent again, after a lost answer, is the same press. */
let key = freshKey();

function chosen() {
  return new FormData(form).get("action") ?? "";
}

function show() {
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== chosen();
  form.querySelector("[data-message]").hidden = !(chosen() === "contact" && form.elements.way.value === "message");
}

function trouble(sentence) {
  const place = form.querySelector("[data-trouble]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function step() {
  const action = chosen();
  return {
    action,
    note: form.elements.note.value,
    way: action === "contact" ? form.elements.way.value : "",
    why: action === "set_aside" ? form.elements.why.value : "",
  };
}

async function send(event) {
  event.preventDefault();
  if (!chosen()) return trouble(say("choose"));
  if (chosen() === "contact" && !form.elements.way.value) return trouble(say("choose_way"));
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  trouble("");
  try {
    await press(`/api/v1/bad_ratings/${data.case}/steps`, step(), { key });
    location.reload();
  } catch (refused) {
    if (refused.status) key = freshKey();
    trouble(refused.problem?.detail ?? say("no_answer"));
    button.disabled = false;
  }
}

if (form) {
  form.addEventListener("change", () => { key = freshKey(); show(); });
  form.addEventListener("input", () => { key = freshKey(); });
  form.addEventListener("submit", send);
  show();
}
