// What-ifs: changes are put together from fields, the answer is fetched as a part of the page.
import { press } from "../shared/press.js";

const form = document.querySelector("[data-ask]");
const list = document.querySelector("[data-changes]");
const none = document.querySelector("[data-none]");
const status = document.querySelector("[data-status]");
const answer = document.querySelector("[data-answer]");
const suggested = document.querySelector("[data-suggested]");
const fault = document.querySelector("[data-fault]");
let waiting = null;

form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add]");
  if (add) addChange(add.closest(".change"));
  const remove = event.target.closest("[data-remove-change]");
  if (remove) removeChange(remove.closest("li"));
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = new URLSearchParams({ day: form.elements.day.value });
  for (const each of list.querySelectorAll("li")) asked.append("change", each.dataset.change);
  if (await show(`/office/outlook/answer?${asked}`, answer)) answer.querySelector("h2")?.focus();
});

document.querySelector("[data-suggest]").addEventListener("click", () => show("/office/outlook/suggestion", suggested));

suggested.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-take]");
  if (!button || button.disabled) return;
  button.disabled = true;
  try {
    await press(`/api/v1/outlook/suggestions/${encodeURIComponent(button.dataset.take)}/take`);
    suggested.textContent = status.dataset.noted;
  } catch (refusal) {
    fault.textContent = refusal.problem?.detail ?? String(refusal);
    fault.hidden = false;
  }
});

function addChange(row) {
  const fields = [...row.querySelectorAll("[data-field]")];
  if (!fields.every((each) => each.reportValidity())) return;
  const values = Object.fromEntries(fields.map((each) => [each.dataset.field, each.value.trim()]));
  const said = Object.fromEntries(fields.map((each) => [each.dataset.field, each.selectedOptions?.[0].textContent ?? each.value.trim()]));
  const all = values.service === "" ? "All" : "";
  const words = filled(row.dataset[`words${all}`], values);
  if (!words) return;
  const item = document.createElement("li");
  item.dataset.change = words;
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", className: "button quiet", textContent: status.dataset.remove });
  remove.dataset.removeChange = "";
  const text = filled(row.dataset[`say${all}`], said);
  remove.setAttribute("aria-label", `${status.dataset.remove}: ${text}`);
  item.append(text, " ", remove);
  list.append(item);
  none.hidden = true;
}

function removeChange(item) {
  item.remove();
  none.hidden = list.children.length > 0;
  form.querySelector("[data-add]").focus();
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** One question at a time; how long it has taken is said meanwhile. */
async function show(address, place) {
  if (waiting) return false;
  const began = performance.now();
  const tell = () => {
    const seconds = Math.round((performance.now() - began) / 1000);
    status.textContent = status.dataset.working.replace("{seconds}", seconds);
  };
  tell();
  waiting = setInterval(tell, 1000);
  place.setAttribute("aria-busy", "true");
  try {
    const told = await fetch(address, { cache: "no-store" });
    if (!told.ok) throw new Error(String(told.status));
    const fresh = new DOMParser().parseFromString(await told.text(), "text/html");
    place.replaceChildren(...document.adoptNode(fresh.body).childNodes);
    status.textContent = "";
    return true;
  } catch {
    status.textContent = status.dataset.failed;
    return false;
  } finally {
    clearInterval(waiting);
    waiting = null;
    place.removeAttribute("aria-busy");
  }
}
