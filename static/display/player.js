/**
 * What makes a sentence heard: the chime, then the hall's own voice, else the browser's, else nothing but the chime.
 *
 *   const player = openPlayer(area, languages, changed);
 *   player.able            "voice", "chime", or "none" while the browser withholds sound
 *   player.by(language)    "hall", "browser" or "chime": which voice it has for that language now
 *   player.preload(sentence)
 *   await player.play(sentence, began)    {by, whole, began, ended}; began({by, began, seconds}) when it begins
 *
 * A sentence is {number, window, text, language, chime: "long" | "short" | "none", volume: 0 to 100}.
 */
import { ring, secondsOf } from "../shared/chime.js";
import { openVoice } from "./voice.js";

const KEPT = 8;
const LATE = 2000;
const FETCH_WITHIN = 4000;
/** How long a caption stands that nobody speaks. */
const READ_FOR = 3000;
const LOOK_AGAIN = 30_000;

export function openPlayer(area, languages, changed) {
  const context = new AudioContext();
  const loud = new GainNode(context);
  loud.connect(context.destination);
  const sounds = new Map();
  const has = new Map();
  const voice = openVoice(changed);
  context.addEventListener("statechange", changed);

  /** The hall's recording of that sentence, or null. Kept for a while: it is said more than once. */
  function sound(sentence) {
    const { number, window, language } = sentence;
    const address = `/voice/call.wav?${new URLSearchParams({ number, window, language })}`;
    const known = sounds.get(address) ?? fetched(context, address);
    sounds.delete(address);
    sounds.set(address, known);
    for (const old of [...sounds.keys()].slice(0, -KEPT)) sounds.delete(old);
    known.then((buffer) => {
      if (!buffer) sounds.delete(address);
      note(language, buffer !== null);
    });
    return known;
  }

  function note(language, isThere) {
    if (has.get(language) === isThere) return;
    has.set(language, isThere);
    changed();
  }

  function by(language) {
    if (has.get(language)) return "hall";
    return voice.of(language) ? "browser" : "chime";
  }

  async function play(sentence, began) {
    const { language, text, chime, volume } = sentence;
    loud.gain.value = volume / 100;
    if (!volume) return read(began, { by: "caption", whole: false });
    const buffer = await sound(sentence);
    const how = by(language);
    if (how === "chime" && chime === "none") return read(began, { by: "caption", whole: true });
    const start = performance.now();
    began({ by: how, began: start, seconds: secondsOf(chime) + (buffer?.duration ?? READ_FOR / 1000) });
    if (chime !== "none") await ring(context, loud, chime);
    const whole = await speak(how, buffer, () => voice.say(language, text, volume / 100));
    return { by: how, whole, began: start, ended: performance.now() };
  }

  function speak(how, buffer, aloud) {
    if (how === "hall") return heard(context, loud, buffer);
    return how === "browser" ? aloud() : rest().then(() => context.state === "running");
  }

  async function read(began, result) {
    const start = performance.now();
    began({ by: result.by, began: start, seconds: READ_FOR / 1000 });
    await rest();
    return { ...result, began: start, ended: performance.now() };
  }

  /** Is the hall's voice there, before the first call needs it, and is it back? */
  async function look() {
    const found = await languagesOf(area);
    for (const { language, available } of found) note(language, available);
  }

  look();
  setInterval(() => { if (languages.some((language) => !has.get(language))) look(); }, LOOK_AGAIN);
  return {
    play,
    by,
    preload: (sentence) => { if (sentence?.volume) sound(sentence); },
    unlock: () => context.resume(),
    get able() {
      if (context.state !== "running") return "none";
      return languages.some((language) => by(language) !== "chime") ? "voice" : "chime";
    },
  };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, READ_FOR));

async function languagesOf(area) {
  try {
    const answer = await fetch(`/voice/languages?${new URLSearchParams({ area })}`);
    return answer.ok ? (await answer.json()).languages : [];
  } catch (problem) {
    console.warn("The hall doesn't tell its voices:", problem);
    return [];
  }
}

/** Decoded at once, so that nothing is left to do when its turn comes. */
async function fetched(context, address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(FETCH_WITHIN) });
    return answer.ok ? await context.decodeAudioData(await answer.arrayBuffer()) : null;
  } catch (problem) {
    console.warn("No sound from the hall:", problem);
    return null;
  }
}

/** To its end: not when the browser took the sound away meanwhile. */
function heard(context, target, buffer) {
  return new Promise((resolve) => {
    const source = new AudioBufferSourceNode(context, { buffer });
    const limit = setTimeout(() => end(false), buffer.duration * 1000 + LATE);
    const end = (whole) => {
      clearTimeout(limit);
      source.onended = null;
      resolve(whole);
    };
    source.onended = () => end(context.state === "running");
    source.connect(target);
    source.start();
  });
}
