// The rules' page: switching one off for today and back; how they stand is looked at again now and then.
import { press } from "../shared/press.js";

const AGAIN = 10_000;
const fault = document.querySelector("[data-fault]");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-switch]");
  if (!button || button.disabled) return;
  button.disabled = true;
  await switchRule(button.closest("[data-rule]").dataset.rule, button.dataset.switch);
  await lookAgain();
  document.querySelector(`[data-rule="${button.closest("[data-rule]")?.dataset.rule}"] [data-switch]`)?.focus();
});

async function switchRule(rule, wanted) {
  try {
    await press(`/api/v1/rules/${encodeURIComponent(rule)}/${wanted}`);
    fault.hidden = true;
  } catch (refusal) {
    fault.textContent = refusal.problem?.detail ?? String(refusal);
    fault.hidden = false;
  }
}

/** Only what changed is put in, so that a button keeps its focus while nothing does. */
async function lookAgain() {
  const answer = await fetch("/office/rules", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const card of document.querySelectorAll("[data-rules] [data-rule]")) {
    const now = fresh.querySelector(`[data-rules] [data-rule="${card.dataset.rule}"]`);
    if (now && now.outerHTML !== card.outerHTML) card.replaceWith(document.adoptNode(now));
  }
}

setInterval(lookAgain, AGAIN);
