/**
 * The hall's ding-dong, made by the browser itself.
 *
 *   await ring(context, target, "long");   // resolves when it has faded; "short" while others wait
 */
const KINDS = {
  long: { notes: [[659.26, 0], [523.25, 0.42]], ring: 0.9, length: 1300 },
  short: { notes: [[659.26, 0], [523.25, 0.16]], ring: 0.3, length: 480 },
};

export function secondsOf(kind) {
  return (KINDS[kind]?.length ?? 0) / 1000;
}

/** Into `target`, a node of the context: it says how loud. */
export function ring(context, target, kind) {
  const { notes, ring: fading, length } = KINDS[kind];
  for (const [pitch, after] of notes) note(context, target, pitch, context.currentTime + 0.02 + after, fading);
  return new Promise((resolve) => setTimeout(resolve, length));
}

/** A struck bar: the tone and a quiet twelfth above it, both fading. */
function note(context, target, pitch, at, fading) {
  for (const [times, loud] of [[1, 0.32], [3, 0.05]]) {
    const tone = new OscillatorNode(context, { frequency: pitch * times });
    const fade = new GainNode(context, { gain: 0 });
    fade.gain.setValueAtTime(0, at);
    fade.gain.linearRampToValueAtTime(loud, at + 0.012);
    fade.gain.exponentialRampToValueAtTime(0.0005, at + fading / times ** 0.5);
    tone.connect(fade).connect(target);
    tone.start(at);
    tone.stop(at + fading + 0.05);
  }
}
