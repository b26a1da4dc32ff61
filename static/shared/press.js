/**
 * A press of a button: one POST that changes the hall once, however often it has to be sent.
 *
 *   const answer = await press("/api/v1/windows/3/call_next", {});
 *
 * PressRefused: the hall said no, and `problem` says why ({code, detail, …} in the device's language).
 * PressUncertain: no answer within 10 s; the change may or may not have been made. Pressing again with
 * the same `key` (error.key) is safe: press(path, body, {key}).
 *
 * With `waiting` given, a broken line is waited out: waiting() is called when the answer is late, and the press is
 * sent again, under its key, until the hall has said what became of it; at once when its line is back ("hallback").
 */
const PATIENCE = 10_000;
const SLOW_AFTER = 1500;
const ONE_TRY = 4000;
/**
 * How long to wait before the next try beside one that hangs, and after one that failed. A browser sends through idle
 * connections first, and all six that it keeps may be dead: so several tries follow each other quickly.
 */
const NEXT = [[1500, 200], [400, 400], [400, 800], [400, 1000], [400, 1000], [400, 1000], [1000, 1000]];
/** What a broken line, or the proxy before a stopped hall, answers. */
const UNREACHED = new Set([502, 503, 504]);
const BACK = "back";
const NO_ANSWER = "The hall did not answer. Please look whether it was done before you press again.";

export class PressRefused extends Error {
  constructor(problem, status) {
    super(problem.detail || problem.title || problem.code);
    Object.assign(this, { name: "PressRefused", problem, code: problem.code, status });
  }
}

export class PressUncertain extends Error {
  constructor(problem, key) {
    super(problem.detail);
    Object.assign(this, { name: "PressUncertain", problem, code: problem.code, key });
  }
}

export async function press(path, body = {}, { key = freshKey(), method = "POST", waiting = null } = {}) {
  const slow = waiting && setTimeout(waiting, SLOW_AFTER);
  try {
    return await sendUntilKnown({ path, body, key, method, waitsOut: waiting !== null });
  } finally {
    clearTimeout(slow);
  }
}

/** Several tries may be under way, all with one key: the first that is answered tells. */
async function sendUntilKnown(wish) {
  const end = performance.now() + PATIENCE;
  const tries = new Tries(wish);
  try {
    for (let at = 0; ; at += 1) {
      const [gap, pause] = NEXT[Math.min(at, NEXT.length - 1)];
      const said = await Promise.race([tries.known, tries.begin().then(() => untilBack(pause)), untilBack(gap)]);
      if (said?.status) return told(said);
      if (!(wish.waitsOut && tries.unreached) && performance.now() >= end) throw new PressUncertain(noAnswer(), wish.key);
      if (said === BACK) at = tries.giveUp();
    }
  } finally {
    tries.giveUp();
  }
}

function told({ ok, answer, status }) {
  if (ok) return answer;
  throw new PressRefused(answer, status);
}

class Tries {
  constructor(wish) {
    Object.assign(this, { wish, unreached: true, under: new Set() });
    this.known = new Promise((know, fail) => Object.assign(this, { know, fail }));
  }

  async begin() {
    const given = new AbortController();
    const late = setTimeout(() => given.abort(), ONE_TRY);
    this.under.add(given);
    const response = await send(this.wish, given.signal).catch(this.fail);
    clearTimeout(late);
    this.under.delete(given);
    this.unreached = !response || UNREACHED.has(response.status);
    if (response && isKnown(response)) this.know(response);
  }

  /** What hangs in old connections is left; the next try is the first again. */
  giveUp() {
    for (const given of this.under) given.abort();
    return -1;
  }
}

/** The hall's own words, also those about its own trouble; what a proxy says has no code of ours. */
function isKnown({ ok, status, answer }) {
  return ok || status < 500 || (status !== 500 && !String(answer.code ?? "http_").startsWith("http_"));
}

/** That long, or until the line to the hall is back. */
function untilBack(pause) {
  return new Promise((resolve) => {
    const done = (event) => {
      clearTimeout(timer);
      removeEventListener("hallback", done);
      resolve(event && BACK);
    };
    const timer = setTimeout(done, pause);
    addEventListener("hallback", done);
  });
}

/** crypto.randomUUID exists only on https and localhost; a hall's network is often plain http. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the hall said, or null when nothing came back: unreachable, too late, or cut off half way. */
async function send({ path, body, key, method }, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key };
  try {
    const response = await fetch(path, {
      method, headers, body: JSON.stringify(body), signal, credentials: "same-origin", cache: "no-store",
    });
    return { ok: response.ok, status: response.status, answer: await read(response) };
  } catch (fault) {
    if (fault instanceof TypeError || fault instanceof SyntaxError || fault.name === "AbortError") return null;
    throw fault;
  }
}

async function read(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("json")) return response.json();
  return { code: `http_${response.status}`, title: response.statusText, status: response.status };
}

/** In the page's language when the page has the words. */
function noAnswer() {
  const data = document.getElementById("page-data");
  const words = data ? JSON.parse(data.textContent).words ?? {} : {};
  return { code: "no_answer", detail: words.no_answer ?? NO_ANSWER };
}
