/** The sentences that this device has said in the last minutes: kept over a restart of the page or of the machine. */

/** Longer than the hall lets anything be said. */
const REMEMBERED = 120_000;
const MOST = 40;

export class Memory {
  constructor(area, store = keptByBrowser()) {
    this.name = `announced ${area}`;
    this.store = store;
    this.said = read(store, this.name);
  }

  add(ref) {
    this.said = [...this.young(), [ref, Date.now()]].slice(-MOST);
    this.keep();
  }

  /** What the hall may have forgotten. */
  recent() {
    return this.young().map(([ref]) => ref);
  }

  young() {
    const now = Date.now();
    return this.said.filter(([, at]) => at <= now && now - at < REMEMBERED);
  }

  /** A full or forbidden store costs only what a restart would want to know. */
  keep() {
    try {
      this.store?.setItem(this.name, JSON.stringify(this.said));
    } catch (problem) {
      console.warn("What was said isn't kept on this device:", problem);
    }
  }
}

function read(store, name) {
  try {
    const kept = JSON.parse(store?.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => Array.isArray(one) && typeof one[0] === "string") : [];
  } catch (problem) {
    console.warn("What was said before can't be read:", problem);
    return [];
  }
}

function keptByBrowser() {
  try {
    return window.localStorage;
  } catch (problem) {
    console.warn("This browser keeps nothing:", problem);
    return null;
  }
}
