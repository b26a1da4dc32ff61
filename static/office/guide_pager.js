// The pager that a guide hands out with a number: its number typed in, or taken off when it comes back.
import { make } from "../shared/page.js";
import { ask, look, say } from "./desk.js";

/** A part of the ticket's card; it fills itself. */
export function pagerOf(ticket) {
  const part = make("div", { class: "found-pager" });
  look(address(ticket)).then((answer) => answer && show(part, ticket, answer));
  return part;
}

function address(ticket) {
  return `/api/v1/tickets/${ticket.ticket}/pager`;
}

function show(part, ticket, { pager }) {
  part.replaceChildren(...(pager ? handedOut(part, ticket, pager) : [asking(part, ticket)]));
}

function handedOut(part, ticket, pager) {
  const back = async () => settle(part, ticket, await ask(`${address(ticket)}/untie`));
  return [
    make("p", { class: "tag deep", "data-pager": pager }, say("pager_has", { pager })),
    make("button", { class: "button", type: "button", onclick: back }, say("pager_untie")),
  ];
}

function asking(part, ticket) {
  const field = make("input", {
    class: "large-input", type: "text", id: "pager", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: 12, pattern: "[A-Za-z0-9\\-]{1,12}", required: true,
  });
  const form = make("form", { class: "row ask" },
    make("div", { class: "field" }, make("label", { for: "pager" }, say("pager")), field),
    make("button", { class: "button", type: "submit" }, say("pager_tie")));
  form.addEventListener("submit", async (press) => {
    press.preventDefault();
    settle(part, ticket, await ask(address(ticket), { pager: field.value.trim().toUpperCase() }));
  });
  return form;
}

/** What was refused leaves the field as it is; the fault stands above. */
function settle(part, ticket, answer) {
  if (!answer) return;
  show(part, ticket, answer);
  part.querySelector("input, button").focus();
}
