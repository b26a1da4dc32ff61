// The pad by keys alone: 1 to 5 answer; on the reasons a digit chooses one, Enter sends, 0 goes back.

export function wireKeys(form) {
  addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey || !form.checkVisibility()) return;
    const button = wanted(form, press);
    if (!button) return;
    press.preventDefault();
    button.click();
  });
}

function wanted(form, { key, target }) {
  if (form.dataset.at === "level") return /^[1-5]$/.test(key) ? form.querySelector(`.level-${key}`) : null;
  if (target.matches?.("textarea")) return null;
  if (key === "0" || key === "Escape") return form.querySelector("[data-back]");
  if (key === "Enter" && !target.closest?.("button")) return form.querySelector("[data-send]");
  return /^[1-9]$/.test(key) ? shownReasons(form)[key - 1] : null;
}

function shownReasons(form) {
  return [...form.querySelectorAll(".reason")].filter((reason) => !reason.hidden);
}
