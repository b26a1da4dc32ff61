/** The board's large call: the newest, or a quiet word while there is none. */
import { make } from "../shared/page.js";
import { arrow, flagOf, place } from "./rows.js";
import { put } from "./status.js";

const LONG_NAME = 24;
const BRIGHT_FOR = 10 * 60_000;

function service(name) {
  const width = [...name].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1), 0);
  return make("span", { class: width > LONG_NAME ? "service tight" : "service" }, name);
}

export function openHero(root, facts, say, sentence) {
  let shown = "";

  function heroFlag(call) {
    return flagOf(call, say) || say(call.state === "finished" ? "finished" : "newest");
  }

  function content(call) {
    return [
      make("p", { class: "ticket" },
        make("span", { class: "number" }, call.number),
        make("span", { class: "about" },
          make("span", { class: "flag" }, heroFlag(call)),
          service(facts.services[call.service] ?? ""))),
      arrow(),
      make("p", { class: "to" }, place(sentence, call.window)),
    ];
  }

  /** A new element for a new call, so that its pulse runs once from the start. */
  function show(call, fresh, hallNow) {
    const key = call ? `${call.ticket} ${call.calls} ${call.window}` : "";
    if (key !== shown || !root.firstElementChild) root.replaceChildren(card(call, fresh));
    else if (call) put(root.querySelector(".flag"), heroFlag(call));
    if (call) tell(root.firstElementChild, call, hallNow);
    shown = key;
  }

  /** A call that nobody follows for long goes on standing there, but no longer in the brightest colour. */
  function tell(card, call, hallNow) {
    card.dataset.state = call.state;
    card.toggleAttribute("data-aged", hallNow - call.at > BRIGHT_FOR);
  }

  function card(call, fresh) {
    if (!call) return make("p", { class: "idle" }, say("idle"));
    const { ticket, number, window } = call;
    const looks = ["card", "call", fresh && "fresh", (number.length > 5 || window.length > 2) && "long"];
    return make("div", { class: looks.filter(Boolean).join(" "), "data-ticket": ticket, "data-number": number, "data-window": window },
      content(call));
  }

  return { show };
}
