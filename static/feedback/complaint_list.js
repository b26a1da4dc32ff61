// The list of complaints: says at once that something has come or moved.
import { openLine } from "../shared/line.js";
import { wire } from "../shared/wire.js";

openLine({ screen: "office" }, {
  snapshot() {},
  events(list) {
    if (list.some((event) => event.action.startsWith("complaint_"))) document.querySelector("[data-news]").hidden = false;
  },
  live() {},
  refused() {},
}, wire);
