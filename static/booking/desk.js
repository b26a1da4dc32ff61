// The guide's list of appointments: a press on a row, then the list as it is now.
import { pageData, words } from "../shared/page.js";
import { Pressing } from "./pressing.js";

const pressing = new Pressing(words(pageData()));

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => act(button).catch(reportError));
}

async function act(button) {
  const { booking } = button.closest("[data-booking]").dataset;
  if (await pressing.send(`/api/v1/bookings/${encodeURIComponent(booking)}/${button.dataset.do}`, {})) location.reload();
}
