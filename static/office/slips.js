// The sheet of slips: one button.
document.querySelector("[data-print]").addEventListener("click", () => print());
