/** What the loudspeaker says, per language: letters apart, digits one by one, the window as a number. */

const MANDARIN = { 0: "零", 1: "幺", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九" };
const ENGLISH = {
  0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
};

/** "A005" -> [["A"], ["0", "0", "5"]]: its letters, then what follows them. */
function parts(number) {
  const letters = number.match(/^[A-Za-z]*/)[0];
  return [[...letters.toUpperCase()], [...number.slice(letters.length)]];
}

function mandarin(number, window) {
  const [letters, digits] = parts(number);
  const said = digits.map((digit) => MANDARIN[digit] ?? digit).join("");
  return `请 ${[letters.join(" "), said].filter(Boolean).join(" ")} 号 到 ${window} 号窗口`;
}

const CANTONESE = { ...MANDARIN, 1: "一" };

function cantonese(number, window) {
  const [letters, digits] = parts(number);
  const said = digits.map((digit) => CANTONESE[digit] ?? digit).join("");
  return `請 ${[letters.join(" "), said].filter(Boolean).join(" ")} 號 到 ${window} 號窗口`;
}

function english(number, window) {
  const [letters, digits] = parts(number);
  const said = [...letters, ...digits.map((digit) => ENGLISH[digit] ?? digit)].join(" ");
  return `Number ${said}, please go to window ${window}.`;
}

const LANGUAGES = {
  zh_Hans: { build: mandarin, voices: ["zh-CN", "cmn", "zh-Hans", "zh-TW", "zh"], never: ["zh-HK", "zh-yue", "yue"] },
  zh_Hant: { build: mandarin, voices: ["zh-TW", "zh-Hant", "cmn", "zh-CN", "zh"], never: ["zh-HK", "zh-yue", "yue"] },
  yue: { build: cantonese, voices: ["zh-HK", "yue", "zh-yue"], never: [] },
  en: { build: english, voices: ["en-GB", "en-US", "en"], never: [] },
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

export function sentence(language, number, window) {
  return LANGUAGES[language].build(number, window);
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
