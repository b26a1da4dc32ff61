// While the hall is there: enters what was handed out without it, and keeps the supply of numbers fresh.
import { freshKey, press } from "../shared/press.js";

const AGAIN_AFTER = 3000;
const LOOK_EVERY = 60_000;
const ONE_TRY = 4000;
/** The hall has understood and will never take it; anything else may pass. */
const FINAL = new Set([404, 409, 422]);

export class Entering {
  constructor(desk, reserve) {
    Object.assign(this, { desk, reserve, busy: false, checked: false, half: 1 });
    desk.addEventListener("live", () => this.work());
    setInterval(() => this.work(), LOOK_EVERY);
  }

  /** One after the other, in the order in which they were handed out; then more numbers. */
  async work() {
    if (this.busy || !this.desk.live) return;
    this.busy = true;
    const done = await this.enterAll().then((all) => all && this.stock()).catch(reportUnlessCut);
    this.busy = false;
    if (!done && this.desk.live) setTimeout(() => this.work(), AGAIN_AFTER);
  }

  async enterAll() {
    for (const entry of await this.reserve.handed()) {
      if (!(await this.enter(entry))) return false;
      await this.reserve.forget(entry);
    }
    return true;
  }

  async enter(entry) {
    const { block, number, service, language, instead_of } = entry;
    const ticket_class = entry.ticket_class ?? (entry.ground === null ? "walk_in" : "priority");
    const seconds_ago = Math.min(86_400, this.reserve.secondsAgo(entry));
    const status = await send({ block, number, service, language, ticket_class, seconds_ago, instead_of });
    if (FINAL.has(status)) this.desk.notInLine(number);
    return status !== null && (status < 300 || FINAL.has(status));
  }

  /** With enough reserved for the day the kiosk goes on with what it has, and asks again in a minute. */
  async stock() {
    await this.restock().catch((trouble) => {
      if (trouble.code !== "enough_reserved") throw trouble;
    });
    if (this.reserve.today) await this.draw();
    return true;
  }

  /** The supply of another day or another hall is thrown away; one that is half used up is added to. */
  async restock() {
    const kept = this.reserve.today;
    if (!kept) await this.reserveMore(null);
    else if (!this.checked) await this.check(kept);
    else if (kept.numbers.length <= this.half) await this.reserveMore(kept);
    this.checked = true;
  }

  /** The same press again gives the same block, unless the hall has lost it: another data folder, an old backup. */
  async check(kept) {
    const answer = await press("/api/v1/blocks", {}, { key: kept.key });
    this.half = Math.floor(answer.numbers.length / 2);
    if (answer.block !== kept.block) await this.keep(answer, kept.key, []);
    else if (kept.numbers.length <= this.half) await this.reserveMore(kept);
  }

  async reserveMore(kept) {
    const key = freshKey();
    const answer = await press("/api/v1/blocks", {}, { key });
    this.half = Math.floor(answer.numbers.length / 2);
    await this.keep(answer, key, kept?.numbers ?? []);
  }

  async keep({ block, day, open_today, numbers }, key, rest) {
    const fresh = numbers.map(({ number, ticket, qr }) => ({ block, number, ticket, code: qr }));
    const hall = this.desk.data.hall.id;
    await this.reserve.replace((now) => ({
      id: "supply", hall, day, key, block, open_today,
      numbers: [...(now?.numbers ?? []).filter((each) => rest.some((one) => one.number === each.number)), ...fresh],
    }));
  }

  /** The codes that phones scan, one after the other: nobody waits for them. */
  async draw() {
    for (const { number, code } of this.reserve.supply.numbers.filter((each) => !each.picture)) {
      const answer = await fetch(code, { signal: AbortSignal.timeout(ONE_TRY) });
      if (!answer.ok) return;
      const picture = await answer.text();
      const drawn = (each) => (each.number === number ? { ...each, picture } : each);
      await this.reserve.replace((supply) => ({ ...supply, numbers: supply.numbers.map(drawn) }));
    }
  }
}

/** The status of the answer, or null when none came. Every try has a key of its own, for it tells another time. */
async function send(body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": freshKey() };
  const wish = { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(ONE_TRY), cache: "no-store" };
  const answer = await fetch("/api/v1/blocks/tickets", wish).catch(() => null);
  return answer?.status ?? null;
}

/** A broken line says nothing of the page; anything else is a mistake of ours. */
function reportUnlessCut(trouble) {
  const isCut = trouble instanceof TypeError || ["TimeoutError", "AbortError", "PressUncertain", "PressRefused"].includes(trouble.name);
  if (!isCut) reportError(trouble);
  return false;
}
