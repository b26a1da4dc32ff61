// Forms of complaints and call-backs: each is one press of the API, however often it has to be sent.
import { freshKey, press } from "../shared/press.js";

/** What the API wants as yes or no. */
const YES_OR_NO = new Set(["verified"]);

for (const form of document.querySelectorAll("form[data-post]")) start(form);
for (const form of document.querySelectorAll("form[data-call]")) follow(form);

function start(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.dataset.busy) send(form);
  });
  form.addEventListener("input", () => delete form.dataset.key);
}

/** One key for what is written there: pressed twice, or again after a lost answer, it is done once. */
async function send(form) {
  form.dataset.busy = "yes";
  form.dataset.key ||= freshKey();
  say(form, "");
  try {
    done(form, await press(form.dataset.post, body(form), { key: form.dataset.key }));
  } catch (error) {
    if (!error.problem) throw error;
    if (error.name === "PressRefused") delete form.dataset.key;
    say(form, error.message);
  } finally {
    delete form.dataset.busy;
  }
}

function body(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  return Object.fromEntries(filled.map(([name, value]) => [name, YES_OR_NO.has(name) ? value === "true" : value]));
}

function say(form, words) {
  const said = form.querySelector("[data-said]");
  said.textContent = words;
  said.hidden = !words;
}

function done(form, answer) {
  if (!("showsCode" in form.dataset)) return location.reload();
  const taken = document.querySelector("[data-taken]");
  taken.querySelector("[data-code]").textContent = answer.code;
  taken.hidden = false;
  form.hidden = true;
  taken.querySelector("[data-another]").addEventListener("click", () => location.reload(), { once: true });
  taken.querySelector("[data-another]").focus();
  return null;
}

/** Levels are asked of those who were reached, and of nobody else. */
function follow(form) {
  const outcome = form.elements.outcome;
  const levels = form.querySelector("[data-if-reached]");
  const draw = () => {
    levels.hidden = outcome.value !== "reached";
    for (const select of levels.querySelectorAll("select")) {
      select.required = !levels.hidden;
      if (levels.hidden) select.value = "";
    }
  };
  outcome.addEventListener("input", draw);
  draw();
}
