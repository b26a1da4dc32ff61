/** The browser's own speech, one sentence at a time. A device may have no voice, or no leave to use it. */
import { tagOf, voiceFor } from "./sentences.js";

const SLOWEST_SIGN = 450;
const PATIENCE = 4000;

/** `onChange()` whenever the device's voices change. */
export function openVoice(onChange) {
  const speech = window.speechSynthesis;

  function of(language) {
    return speech ? voiceFor(language, speech.getVoices()) : null;
  }

  /** Ends in every case, with whether it was said: some browsers never say that they have finished. */
  function say(language, text, volume) {
    const voice = of(language);
    if (!voice) return Promise.resolve(false);
    return new Promise((resolve) => {
      const how = { voice, lang: voice.lang || tagOf(language), rate: 0.95, volume };
      const utterance = Object.assign(new SpeechSynthesisUtterance(text), how);
      const limit = setTimeout(() => { speech.cancel(); resolve(false); }, PATIENCE + SLOWEST_SIGN * text.length);
      const end = (spoken) => { clearTimeout(limit); resolve(spoken); };
      utterance.onend = () => end(true);
      utterance.onerror = () => end(false);
      speech.speak(utterance);
    });
  }

  speech?.addEventListener("voiceschanged", onChange);
  return { of, say };
}
