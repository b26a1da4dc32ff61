// The question spoken when somebody asks for it: on pads that may be heard. ?sound=1 says so, once for the device.
import { Mouth } from "../shared/mouth.js";

const KEPT = "pad.sound";

export function wireAloud() {
  const asked = new URLSearchParams(location.search).get("sound");
  if (asked !== null) localStorage.setItem(KEPT, asked);
  const button = document.querySelector("[data-aloud]");
  const mouth = new Mouth(document.documentElement.lang.replace("-", "_"));
  button.hidden = localStorage.getItem(KEPT) !== "1";
  button.addEventListener("click", () => mouth.say(question()).catch(reportError));
}

/** What stands there now: the question and its answers with their numbers, or the reasons. */
function question() {
  const shown = [...document.querySelectorAll(".ask [data-title], .level, .why h2, .why .reason")];
  return shown.filter((node) => node.checkVisibility()).map(textOf).join(". ");
}

function textOf(node) {
  const figure = node.querySelector(".level-figure")?.textContent;
  const words = (node.querySelector(".level-word") ?? node).textContent.trim();
  return figure ? `${figure}: ${words}` : words;
}
