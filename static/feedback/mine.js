// A clerk appeals the bad ones among the released ratings of a month.
import { pageData, words } from "../shared/page.js";
import { freshKey, press } from "../shared/press.js";

const say = words(pageData());

for (const form of document.querySelectorAll("[data-appeal]")) {
  let key = freshKey();
  form.addEventListener("input", () => { key = freshKey(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    const note = form.querySelector("[data-trouble]");
    button.disabled = true;
    try {
      await press("/api/v1/me/ratings/appeal", { period: form.dataset.appeal, text: form.elements.text.value }, { key });
      location.reload();
    } catch (refused) {
      note.textContent = refused.problem?.detail ?? say("no_answer");
      note.hidden = false;
      button.disabled = false;
    }
  });
}
