/**
 * The hall's ding-dong, made by the browser itself: queued, never two at once.
 *
 *   const chime = openChime((blocked) => { button.hidden = !blocked; });
 *   chime.ring();            // resolves when it has faded; shorter while others wait
 *   chime.unlock();          // from a click: browsers make no sound before one
 */
const LONG = { notes: [[659.26, 0], [523.25, 0.42]], ring: 0.9, length: 1300 };
const SHORT = { notes: [[659.26, 0], [523.25, 0.16]], ring: 0.3, length: 480 };
const CROWD = 2;

export function openChime(onBlocked = () => {}) {
  const context = new AudioContext();
  let last = Promise.resolve();
  let queued = 0;
  const tell = () => onBlocked(context.state !== "running");
  context.addEventListener("statechange", tell);
  tell();

  async function next() {
    if (context.state === "running") await sound(context, queued > CROWD ? SHORT : LONG);
    queued -= 1;
  }
  return {
    ring() {
      queued += 1;
      last = last.then(next);
      return last;
    },
    unlock: () => context.resume(),
    get blocked() { return context.state !== "running"; },
    get queued() { return queued; },
  };
}

function sound(context, { notes, ring, length }) {
  for (const [pitch, after] of notes) note(context, pitch, context.currentTime + 0.02 + after, ring);
  return new Promise((resolve) => setTimeout(resolve, length));
}

/** A struck bar: the tone and a quiet twelfth above it, both fading. */
function note(context, pitch, at, ring) {
  for (const [times, loud] of [[1, 0.32], [3, 0.05]]) {
    const tone = new OscillatorNode(context, { frequency: pitch * times });
    const fade = new GainNode(context, { gain: 0 });
    fade.gain.setValueAtTime(0, at);
    fade.gain.linearRampToValueAtTime(loud, at + 0.012);
    fade.gain.exponentialRampToValueAtTime(0.0005, at + ring / times ** 0.5);
    tone.connect(fade).connect(context.destination);
    tone.start(at);
    tone.stop(at + ring + 0.05);
  }
}
