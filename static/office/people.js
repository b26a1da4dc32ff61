// The people who work here, and their one-time passwords. Only an administrator has this part.
import { here, make } from "../shared/page.js";
import { ask, data, find, look, say } from "./desk.js";

export async function startPeople() {
  if (!data.administrator) return;
  find("all-out").onclick = () => confirm(say("all_out_sure")) && end("/api/v1/sessions/end");
  showPeople(await look("/api/v1/staff"));
}

function showPeople(answer) {
  if (answer) find("people").replaceChildren(...answer.staff.map(personRow));
}

const end = async (path) => showPeople(await ask(path));

/** The list is drawn anew; whoever works with the keyboard stays in the person's row. */
async function endOf(id) {
  await end(`/api/v1/staff/${encodeURIComponent(id)}/sessions/end`);
  document.querySelector(`[data-person="${CSS.escape(id)}"] button`)?.focus();
}

function personRow(person) {
  return make("tr", { "data-person": person.id },
    make("td", {}, here(person.name)), make("td", {}, make("code", {}, person.id)), make("td", {}, here(person.post)),
    make("td", {}, say(person.role)), make("td", {}, person.windows.join(", ")),
    make("td", {}, passwordTag(person)),
    make("td", {}, make("button", { class: "button", type: "button", onclick: () => newPassword(person) }, say("one_time")), signOutButton(person)));
}

function signOutButton({ id, sessions }) {
  if (!sessions) return "";
  return make("button", { class: "button quiet", type: "button", onclick: () => endOf(id) }, say("sign_out_of", { n: sessions }));
}

function passwordTag(person) {
  if (!person.has_password) return make("span", { class: "tag" }, say("no_password"));
  if (person.must_change_password) return make("span", { class: "tag caution" }, say("has_one_time"));
  return make("span", { class: "tag good" }, say("has_password"));
}

async function newPassword(person) {
  const name = here(person.name);
  if (person.has_password && !confirm(say("one_time_sure", { name }))) return;
  const answer = await ask(`/api/v1/staff/${encodeURIComponent(person.id)}/one_time_password`);
  if (!answer) return;
  find("password").textContent = say("one_time_is", { name, password: answer.one_time_password });
  find("password").hidden = false;
  await startPeople();
  find("password").focus();
}
