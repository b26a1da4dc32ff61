// The call on this phone: the title always; sound after one tap; vibration and a lit screen where the phone can.

const RING_EVERY = 3000;
const RINGS = 40;
const BELL = [[880, 0], [698, 0.28], [880, 0.56], [1047, 0.84]];

export class Signal {
  constructor() {
    Object.assign(this, { armed: false, awake: null, title: document.title, page: document.title, ringing: null, flashing: null });
    document.addEventListener("visibilitychange", () => document.hidden || this.wokeUp());
  }

  /** From a tap: a phone lets a page make a sound only then. */
  async arm() {
    const Sound = window.AudioContext ?? window.webkitAudioContext;
    if (Sound) this.sound ??= new Sound();
    await this.sound?.resume();
    this.armed = true;
    this.ring();
    await this.stayAwake();
  }

  /** Keeps the screen lit; browsers allow it on HTTPS only. */
  async stayAwake() {
    if (!navigator.wakeLock || document.hidden) return;
    try {
      this.awake = await navigator.wakeLock.request("screen");
    } catch (refused) {
      this.awake = null;
      console.info("The screen may go dark:", refused.message);
    }
  }

  get staysAwake() {
    return this.awake !== null;
  }

  async wokeUp() {
    if (this.awake?.released) await this.stayAwake();
    if (this.armed) await this.sound?.resume();
    if (this.ringing) this.ring();
  }

  start(title) {
    this.stop();
    let rings = 0;
    this.flash(title);
    this.ringing = setInterval(() => (++rings < RINGS ? this.ring() : this.quiet()), RING_EVERY);
    this.ring();
  }

  /** What the title says while nothing rings; null: the page's own. */
  calm(title) {
    this.title = title ?? this.page;
    if (!this.flashing) document.title = this.title;
  }

  /** The mark among the browser's tabs. */
  mark(name) {
    const link = document.querySelector("link[rel=icon]");
    const address = new URL(`../${name}.svg`, import.meta.url).pathname;
    if (link && link.getAttribute("href") !== address) link.setAttribute("href", address);
  }

  flash(title) {
    let on = false;
    this.mark("phone/call");
    const turn = () => { document.title = (on = !on) ? title : this.title; };
    turn();
    this.flashing = setInterval(turn, 1000);
  }

  /** The holder has seen it: no more noise, the page keeps its colour. */
  quiet() {
    clearInterval(this.ringing);
    if (this.ringing && this.mayVibrate) navigator.vibrate(0);
    this.ringing = null;
  }

  stop() {
    this.quiet();
    clearInterval(this.flashing);
    this.flashing = null;
    this.mark("shared/icon");
    document.title = this.title;
  }

  ring() {
    if (this.mayVibrate) navigator.vibrate([400, 150, 400, 150, 700]);
    if (this.armed && this.sound?.state === "running") for (const [pitch, after] of BELL) this.strike(pitch, after);
  }

  /** Browsers let a page vibrate once somebody has touched it. */
  get mayVibrate() {
    return Boolean(navigator.vibrate) && (navigator.userActivation?.hasBeenActive ?? this.armed);
  }

  strike(pitch, after) {
    const at = this.sound.currentTime + after;
    const tone = new OscillatorNode(this.sound, { type: "triangle", frequency: pitch });
    const volume = new GainNode(this.sound, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.8, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
    tone.connect(volume).connect(this.sound.destination);
    tone.start(at);
    tone.stop(at + 0.75);
  }
}
