// The guide's page is whole without this; a script only offers the printer.
const offer = document.querySelector("[data-print]");

if (offer) {
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => print());
}
