// Every page of the office says at once that a bad rating has come.
import { openLine } from "./line.js";
import { wire } from "./wire.js";

const BAD = new Set(["dissatisfied", "very_dissatisfied"]);

openLine({ screen: "office" }, {
  snapshot() {},
  events(list) {
    if (list.some((event) => BAD.has(event.rating?.level))) document.querySelector("[data-bad-rating]").hidden = false;
  },
  live() {},
  refused() {},
}, wire);
