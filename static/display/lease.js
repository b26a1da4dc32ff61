/**
 * The right to speak for an area, lent by the hall to one machine at a time; asked for again every second. With
 * each question the machine tells what it has said, and learns what it shall say.
 *
 *   const lease = openLease(hall.question, wish, told);
 *   lease.holds          ours, and answered lately      lease.elsewhere     another machine has it
 *   lease.renew()        resolves when the hall has answered or doesn't
 *   lease.report(said)   tells it what became of a sentence; told until the hall has answered
 *   lease.introduce(refs)   after each joining: what this machine remembers to have said
 *
 * `wish()` is {able: "voice" | "chime" | "none", playing}; `told(answer)` hears every answer.
 */
const EVERY = 1000;
/** Shorter than the hall lends it, counted from our question: nobody else has it while we think that we do. */
const HOLDS = 3000;
const MOST = 10;
const REPORTS = 40;

export function openLease(question, wish, told) {
  const machine = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
  const lease = { elsewhere: false, renew, report, introduce, get holds() { return isFresh(granted); } };
  let granted = null;
  let reports = [];
  let remembers = [];
  let pending = 0;
  let last = Promise.resolve();

  async function ask() {
    const at = { mono: performance.now(), wall: Date.now() };
    const sent = { said: reports.slice(0, MOST), remembers };
    const answer = await question("speak", { machine, watch: performance.now(), ...wish(), ...sent });
    if (!answer?.ok) return;
    reports = reports.slice(sent.said.length);
    if (remembers === sent.remembers) remembers = [];
    granted = answer.speaks ? at : null;
    lease.elsewhere = answer.elsewhere;
    told(answer);
  }

  function renew() {
    pending += 1;
    last = last.then(ask).catch(reportError).then(() => { pending -= 1; });
    return last;
  }

  function report(said) {
    reports = [...reports, said].slice(-REPORTS);
    return renew();
  }

  function introduce(refs) {
    remembers = refs;
  }

  setInterval(() => { if (!pending) renew(); }, EVERY);
  return lease;
}

/** By two clocks, because one of them may stand still while the machine sleeps. */
function isFresh(at) {
  return at !== null && performance.now() - at.mono < HOLDS && Date.now() - at.wall < HOLDS;
}
