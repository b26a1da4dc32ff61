/** What this device has said for an area: kept over a restart of the page or of the machine. */

const KEPT = 200;

export class Memory {
  constructor(area, store = keptByBrowser()) {
    this.name = `said ${area}`;
    this.store = store;
    this.keys = new Set(read(store, this.name));
  }

  has(key) {
    return this.keys.has(key);
  }

  add(...keys) {
    if (!keys.length) return;
    for (const key of keys) this.keys.add(key);
    this.keys = new Set([...this.keys].slice(-KEPT));
    this.keep();
  }

  delete(key) {
    if (this.keys.delete(key)) this.keep();
  }

  /** A full or forbidden store costs only what a restart would want to know. */
  keep() {
    try {
      this.store?.setItem(this.name, JSON.stringify([...this.keys]));
    } catch (problem) {
      console.warn("What was said isn't kept on this device:", problem);
    }
  }
}

function read(store, name) {
  try {
    const kept = JSON.parse(store?.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept : [];
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
