// The list of bad ratings: says at once that another one has come.
import { openLine } from "/static/shared/line.js";
import { wire } from "/static/shared/wire.js";

const BAD = new Set(["dissatisfied", "very_dissatisfied"]);

openLine({ screen: "office" }, {
  snapshot() {},
  events(list) {
    if (list.some((event) => BAD.has(event.rating?.level))) document.querySelector("[data-news]").hidden = false;
  },
  live() {},
  refused() {},
}, wire);
