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
/** Short at first: an idle connection that the browser kept may be dead, and the next try takes another one. */
const TRIES = [1500, 2500, 4000];
const PAUSES = [200, 400, 800, 1000];
/** What a broken line, or the proxy before a stopped hall, answers. */
const UNREACHED = new Set([502, 503, 504]);
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

async function sendUntilKnown(wish) {
  const end = performance.now() + PATIENCE;
  for (let attempt = 0; ; attempt += 1) {
    const tryFor = TRIES[Math.min(attempt, TRIES.length - 1)];
    const response = await send(wish, wish.waitsOut ? tryFor : Math.min(tryFor, end - performance.now()));
    if (response?.ok) return response.answer;
    if (response && isRefusal(response)) throw new PressRefused(response.answer, response.status);
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    const mayWait = wish.waitsOut && (response === null || UNREACHED.has(response.status));
    if (!mayWait && performance.now() + pause >= end) throw new PressUncertain(noAnswer(), wish.key);
    await untilBack(pause);
  }
}

/** The hall's own words, also those about its own trouble; what a proxy says has no code of ours. */
function isRefusal({ status, answer }) {
  return status < 500 || (status !== 500 && !String(answer.code ?? "http_").startsWith("http_"));
}

/** That long, or until the line to the hall is back. */
function untilBack(pause) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("hallback", done);
      resolve();
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

/**
 * What the hall said, or null when nothing came back: unreachable, too late, or cut off half way. What still hangs in
 * an old connection when the line is back is given up.
 */
async function send({ path, body, key, method, waitsOut }, tryFor) {
  const given = new AbortController();
  const giveUp = () => given.abort();
  const timer = setTimeout(giveUp, Math.max(1, tryFor));
  if (waitsOut) addEventListener("hallback", giveUp);
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key };
  try {
    const response = await fetch(path, {
      method, headers, body: JSON.stringify(body), signal: given.signal, credentials: "same-origin", cache: "no-store",
    });
    return { ok: response.ok, status: response.status, answer: await read(response) };
  } catch (fault) {
    if (fault instanceof TypeError || fault instanceof SyntaxError || fault.name === "AbortError") return null;
    throw fault;
  } finally {
    clearTimeout(timer);
    removeEventListener("hallback", giveUp);
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
