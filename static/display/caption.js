/** What is being spoken, in the language in which it is spoken, for those who don't hear it. */
import { put } from "./status.js";

/** Longer than any sentence: a caption whose end was never told goes by itself. */
const LONGEST = 30_000;

export function openCaption(box) {
  let timer = 0;

  function hush() {
    clearTimeout(timer);
    box.hidden = true;
  }

  /** `language` is zh_Hans, zh_Hant, yue or en. */
  function speak(text, language) {
    clearTimeout(timer);
    box.lang = { zh_Hans: "zh-Hans", zh_Hant: "zh-Hant", yue: "zh-Hant-HK" }[language] ?? language;
    put(box.firstElementChild, text);
    box.hidden = false;
    timer = setTimeout(hush, LONGEST);
  }

  return { speak, hush };
}
