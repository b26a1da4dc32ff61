/** The browser's own speech, one sentence at a time. A device may have no voice, or no leave to use it. */
import { voiceFor, tagOf } from "/static/display/sentences.js";

const SLOWEST_SIGN = 450;
const PATIENCE = 4000;

/** `onChange({voice, blocked})` now and whenever it changes; voice null: this device can't say this language. */
export function openVoice(language, onChange) {
  const speech = window.speechSynthesis;
  let voice = null;
  let blocked = false;

  function look() {
    voice = speech ? voiceFor(language, speech.getVoices()) : null;
    onChange({ voice, blocked });
  }

  function block(now) {
    blocked = now;
    onChange({ voice, blocked });
  }

  /** Ends in every case: some browsers never say that they have finished. */
  function say(text) {
    if (!voice) return Promise.resolve(false);
    return new Promise((resolve) => {
      const utterance = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang || tagOf(language), rate: 0.95 });
      const limit = setTimeout(() => { speech.cancel(); resolve(false); }, PATIENCE + SLOWEST_SIGN * text.length);
      const end = (spoken) => { clearTimeout(limit); resolve(spoken); };
      utterance.onend = () => { if (blocked) block(false); end(true); };
      utterance.onerror = (event) => { if (event.error === "not-allowed") block(true); end(false); };
      speech.speak(utterance);
    });
  }

  speech?.addEventListener("voiceschanged", look);
  look();
  return {
    say,
    unlock: () => block(false),
    get has() { return voice !== null; },
  };
}
