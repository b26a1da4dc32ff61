// One voice in a kiosk's headphones or beside a pad: the hall's own, and where it has none for this language the browser's.

/** As the hall takes it at once. */
const LONGEST = 180;
const MOST_KEPT = 200;
const TOO_LATE = 4000;
const LOUDNESS = [0.15, 0.35, 0.6, 1, 1.7];
const USUAL = 2;
/** Signs alone: no voice of a browser reads them either. */
const NOTHING_TO_HEAR = "nothing";

export class Mouth {
  constructor(language) {
    Object.assign(this, { language, step: USUAL, turn: 0, kept: new Map(), playing: null });
  }

  /** Says it, and nothing of what was begun before. */
  async say(text) {
    const turn = this.hush();
    for (const piece of pieces(text)) {
      const sound = await this.sound(piece).catch(() => null);
      if (turn !== this.turn) return;
      if (sound === null) this.byBrowser(piece);
      else if (sound !== NOTHING_TO_HEAR) await this.play(sound);
    }
  }

  hush() {
    this.playing?.stop();
    this.playing = null;
    globalThis.speechSynthesis?.cancel();
    return ++this.turn;
  }

  /** Fetched before it is needed, so that nobody learns from the asking what is pressed. */
  keep(texts) {
    for (const text of texts) this.sound(text).catch(() => null);
  }

  sound(text) {
    const known = this.kept.get(text) ?? this.fetched(text);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value);
    this.kept.set(text, known);
    known.catch(() => this.kept.delete(text));
    return known;
  }

  async fetched(text) {
    const address = `/voice/text.wav?${new URLSearchParams({ language: this.language, text })}`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(TOO_LATE) });
    if (answer.status === 204) return NOTHING_TO_HEAR;
    if (!answer.ok) throw new Error(`no voice: ${answer.status}`);
    return this.context.decodeAudioData(await answer.arrayBuffer());
  }

  /** Made when it is first needed: a browser allows sound only after a press. */
  get context() {
    if (!this.made) {
      this.made = new AudioContext();
      this.gain = this.made.createGain();
      this.gain.connect(this.made.destination);
    }
    if (this.made.state === "suspended") this.made.resume();
    this.gain.gain.value = LOUDNESS[this.step];
    return this.made;
  }

  play(sound) {
    const source = this.context.createBufferSource();
    source.buffer = sound;
    source.connect(this.gain);
    this.playing = source;
    return new Promise((resolve) => {
      source.onended = resolve;
      source.start();
    });
  }

  byBrowser(text) {
    if (!globalThis.speechSynthesis) return;
    const words = new SpeechSynthesisUtterance(text);
    Object.assign(words, { lang: document.documentElement.lang, volume: Math.min(1, LOUDNESS[this.step]) });
    speechSynthesis.speak(words);
  }

  /** The step that it has come to, from 1 to 5. */
  louder(steps) {
    this.step = Math.min(LOUDNESS.length - 1, Math.max(0, this.step + steps));
    if (this.made) this.gain.gain.value = LOUDNESS[this.step];
    return this.step + 1;
  }

  usual() {
    this.step = USUAL;
  }
}

/** No longer than the hall takes, cut where one would breathe. */
export function pieces(text) {
  const found = [];
  for (const part of text.match(/[^,;.:!?，；。：！？、]+[,;.:!?，；。：！？、]*\s*/g) ?? []) {
    if (found.length && found.at(-1).length + part.length <= LONGEST) found.push(found.pop() + part);
    else for (let at = 0; at < part.length; at += LONGEST) found.push(part.slice(at, at + LONGEST));
  }
  return found.map((each) => each.trim()).filter((each) => /[\p{L}\p{N}]/u.test(each));
}
