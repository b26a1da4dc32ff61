/**
 * A board's share in what is said aloud: it speaks while it is its area's speaker, and always shows the caption.
 *
 *   const announcing = openAnnouncing(root, facts, hall);
 *   announcing.begin(states)   with each snapshot         announcing.told(states)   with each "announcing"
 *   announcing.called(window)  somebody was called there
 *
 * `?sound=off` keeps a board silent. One that shows several areas speaks for none; it rings for those of them
 * in which nobody is heard, as loud as the hour allows.
 */
import { ring } from "../shared/chime.js";
import { openCaption } from "./caption.js";
import { caption } from "./sentences.js";
import { openSpeaker } from "./speaker.js";

const HEARD = new Set(["heard", "quiet"]);

export function openAnnouncing(root, facts, question) {
  const part = (name) => document.querySelector(`[data-${name}]`);
  const states = new Map();
  const isOff = facts.preview || new URLSearchParams(location.search).get("sound") === "off";
  const isOurs = (area) => !facts.area || facts.area.id === area;
  const speaker = isOff || !facts.speaks_for ? null : openSpeaker(facts, question, { show() {}, changed: showSound });
  const bell = isOff || facts.speaks_for ? null : openBell(showSound);
  const line = openCaption(part("caption"));
  let latest = null;
  let captioned;

  /** In plain sight only where it matters: nobody else is heard here. */
  function showSound() {
    const isBlocked = speaker ? speaker.able === "none" && !speaker.elsewhere : bell?.isBlocked && anySilent();
    part("not-heard").hidden = !isBlocked;
  }

  function anySilent() {
    return [...states.values()].some(isOurBells);
  }

  /** Nobody speaks there, and the hour isn't a silent one. */
  function isOurBells({ sound, volume }) {
    return !HEARD.has(sound) && volume > 0;
  }

  function told(changed) {
    for (const state of changed.filter(({ area }) => isOurs(area))) {
      if (state.now && state.now.ref !== states.get(state.area)?.now?.ref) latest = state.area;
      states.set(state.area, state);
    }
    showCaption();
    showSound();
  }

  /** Of several areas, the one that began to speak last. */
  function showCaption() {
    const now = states.get(latest)?.now ?? [...states.values()].find((state) => state.now)?.now;
    if (!now) line.hush();
    else if (now.ref !== captioned) line.speak(caption(now.language, now.number, now.window, facts.language), scriptOf(now));
    captioned = now?.ref;
  }

  /** Mandarin is written as the page is. */
  function scriptOf({ language }) {
    return language === "zh_Hans" && facts.language === "zh_Hant" ? "zh_Hant" : language;
  }

  part("sound").addEventListener("click", () => {
    speaker?.unlock();
    bell?.unlock();
  });
  return {
    begin(all) {
      states.clear();
      told(all);
      speaker?.joined();
    },
    told,
    called(window) {
      speaker?.happened();
      const state = states.get(facts.window_area[window]);
      if (bell && state && isOurBells(state)) bell.ring(state.volume);
    },
  };
}

/** One chime at a time, each as loud as its hour allows. */
function openBell(changed) {
  const context = new AudioContext();
  let last = Promise.resolve();
  let waiting = 0;
  context.addEventListener("statechange", changed);

  async function next(volume) {
    waiting -= 1;
    if (context.state !== "running") return;
    const loud = new GainNode(context, { gain: volume / 100 });
    loud.connect(context.destination);
    await ring(context, loud, waiting ? "short" : "long");
    loud.disconnect();
  }
  return {
    ring(volume) {
      waiting += 1;
      last = last.then(() => next(volume));
    },
    unlock: () => context.resume(),
    get isBlocked() { return context.state !== "running"; },
  };
}
