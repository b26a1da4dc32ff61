// What the three doors share: send a form as one press, say what was wrong, hold the button while a delay runs.
import { pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";

export const data = pageData();
export const say = words(data);

const fault = document.querySelector("[data-fault]");

/** Shows a sentence above the button, or takes it away. */
export function complain(sentence) {
  fault.textContent = sentence ?? "";
  fault.hidden = !sentence;
}

/** On submit: `body(fields)` makes the press's body (null: it has complained), `done(answer)` goes on; `wordsFor`: own words for some refusals. */
export function onSubmit(form, path, body, done, wordsFor = {}) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain();
    const said = body(Object.fromEntries(new FormData(form)));
    if (said) await send(form, path, said, done, wordsFor);
  });
}

async function send(form, path, said, done, wordsFor) {
  const button = form.querySelector("[type=submit]");
  const label = button.textContent;
  button.disabled = true;
  button.textContent = say("working");
  try {
    done(await press(path, said));
  } catch (refusal) {
    if (!refusal.problem) throw refusal;
    complain(wordsFor[refusal.problem.code] ?? refusal.problem.detail);
    if (refusal.problem.seconds) await holdFor(refusal.problem.seconds, button);
  } finally {
    button.textContent = label;
    button.disabled = false;
  }
}

/** Counts the seconds down on the button. */
function holdFor(seconds, button) {
  const end = performance.now() + seconds * 1000;
  return new Promise((resolve) => {
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left <= 0) return resolve(complain());
      button.textContent = say("wait", { seconds: left });
      setTimeout(tick, 250);
    };
    tick();
  });
}

/** Goes to another page so that "back" doesn't return to the door. */
export function goTo(path) {
  location.replace(path);
}

export function signOutButton() {
  const button = document.querySelector("[data-sign-out]");
  button?.addEventListener("click", async () => {
    await press("/api/v1/session/end");
    goTo("/login");
  });
}
