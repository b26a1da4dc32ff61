/**
 * The right to speak for an area, lent by the hall to one machine at a time; asked for again every second.
 *
 *   const lease = openLease(hall.question, able, told);
 *   lease.holds       ours, and answered lately      lease.elsewhere    another machine has it
 *   lease.renew()     resolves when the hall has answered or doesn't     lease.said(key)  a call that was said
 *
 * `able()` is "voice", "chime" or "none"; `told(calls)` hears, with every answer, what other machines have said.
 */
const EVERY = 1000;
/** Shorter than the hall lends it, counted from our question: nobody else has it while we think that we do. */
const HOLDS = 3000;
const MOST = 20;

export function openLease(question, able, told) {
  const machine = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
  const lease = { elsewhere: false, renew, said, get holds() { return isFresh(granted); } };
  let granted = null;
  let report = [];
  let pending = 0;
  let last = Promise.resolve();

  async function ask() {
    const at = { mono: performance.now(), wall: Date.now() };
    const sent = report.slice(0, MOST);
    const answer = await question("speak", { machine, able: able(), said: sent });
    if (!answer?.ok) return;
    report = report.slice(sent.length);
    granted = answer.speaks ? at : null;
    lease.elsewhere = answer.elsewhere;
    told(answer.said);
  }

  function renew() {
    pending += 1;
    last = last.then(ask).catch(reportError).then(() => { pending -= 1; });
    return last;
  }

  function said(key) {
    report.push(key);
    return renew();
  }

  setInterval(() => { if (!pending) renew(); }, EVERY);
  return lease;
}

/** By two clocks, because one of them may stand still while the machine sleeps. */
function isFresh(at) {
  return at !== null && performance.now() - at.mono < HOLDS && Date.now() - at.wall < HOLDS;
}
