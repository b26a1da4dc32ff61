// What the kiosk must not forget, on its own disk before anybody is shown it: a power cut gives no number twice.

const DATABASE = "kiosk", STORE = "shelf";

/** Records by their `id`. Opened once; the browser makes the store when it isn't there. */
export class Shelf {
  constructor() {
    this.opened = opened();
  }

  async get(id) {
    return answered((await this.store("readonly")).get(id));
  }

  /** Those whose id begins like this, in the order of their ids. */
  async all(begins) {
    return answered((await this.store("readonly")).getAll(IDBKeyRange.bound(begins, `${begins}\uffff`)));
  }

  /** Puts what `work` makes of one record, all or nothing; resolves when the disk has it. */
  async change(id, work) {
    const store = await this.store("readwrite", { durability: "strict" });
    const reading = store.get(id);
    let made = null;
    reading.onsuccess = () => {
      made = work(reading.result ?? null);
      for (const record of made ?? []) store.put(record);
    };
    await finished(store.transaction);
    return made;
  }

  async remove(id) {
    const store = await this.store("readwrite", { durability: "strict" });
    store.delete(id);
    await finished(store.transaction);
  }

  async store(mode, options = {}) {
    return (await this.opened).transaction(STORE, mode, options).objectStore(STORE);
  }
}

async function opened() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  return answered(opening);
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
