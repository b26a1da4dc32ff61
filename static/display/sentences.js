/** The call for people's eyes, and which of a device's voices says the sentence that the hall gives. */

const LANGUAGES = {
  zh_Hans: { voices: ["zh-CN", "cmn", "zh-Hans", "zh-TW", "zh"], never: ["zh-HK", "zh-yue", "yue"] },
  zh_Hant: { voices: ["zh-TW", "zh-Hant", "cmn", "zh-CN", "zh"], never: ["zh-HK", "zh-yue", "yue"] },
  yue: { voices: ["zh-HK", "yue", "zh-yue"], never: [] },
  en: { voices: ["en-GB", "en-US", "en"], never: [] },
};

const CAPTIONS = {
  zh_Hans: (number, window) => `请 ${number} 号到 ${window} 号窗口`,
  zh_Hant: (number, window) => `請 ${number} 號到 ${window} 號窗口`,
  en: (number, window) => `${number}, please go to window ${window}`,
};

/** The sentence for people's eyes, in the language that it is spoken in; in the page's own script. */
export function caption(language, number, window, page) {
  const isTraditional = language === "yue" || (language === "zh_Hans" && page === "zh_Hant");
  return CAPTIONS[isTraditional ? "zh_Hant" : language](number, window);
}

/** The `lang` of such a caption. */
export function langOf(language, page) {
  if (language === "zh_Hans") return page === "zh_Hant" ? "zh-Hant" : "zh-Hans";
  return { yue: "zh-Hant-HK", zh_Hant: "zh-Hant", en: "en" }[language];
}

/** The best voice for the language among those of the device: one that lives in it before one from a network. */
export function voiceFor(language, voices) {
  const { voices: wanted, never } = LANGUAGES[language];
  const fits = (voice, tag) => speaks(voice, tag) && !never.some((other) => speaks(voice, other));
  for (const tag of wanted) {
    const found = voices.filter((voice) => fits(voice, tag));
    if (found.length) return found.find((voice) => voice.localService) ?? found[0];
  }
  return null;
}

/** The tag that a voice for this language should be asked for. */
export function tagOf(language) {
  return LANGUAGES[language].voices[0];
}

function speaks(voice, tag) {
  const lang = voice.lang.replace("_", "-").toLowerCase();
  return lang === tag.toLowerCase() || lang.startsWith(`${tag.toLowerCase()}-`);
}
