/**
 * A press of a button: one POST that changes the hall once, however often it has to be sent.
 *
 *   const answer = await press("/api/v1/windows/3/call_next", {});
 *
 * PressRefused: the hall said no, and `problem` says why ({code, detail, …} in the device's language).
 * PressUncertain: no answer within 10 s; the change may or may not have been made. Pressing again with
 * the same `key` (error.key) is safe: press(path, body, {key}).
 */
const PATIENCE = 10_000;
const PAUSES = [200, 400, 800, 1500];
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

export async function press(path, body = {}, { key = freshKey(), method = "POST" } = {}) {
  const end = performance.now() + PATIENCE;
  for (let attempt = 0; ; attempt += 1) {
    const response = await send(path, body, key, method, end);
    if (response?.ok) return response.answer;
    if (response && response.status < 500) throw new PressRefused(response.answer, response.status);
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    if (performance.now() + pause >= end) throw new PressUncertain(noAnswer(), key);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** crypto.randomUUID exists only on https and localhost; a hall's network is often plain http. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the hall said, or null when nothing came back: unreachable, too late, or cut off half way. */
async function send(path, body, key, method, end) {
  const giveUp = AbortSignal.timeout(Math.max(1, Math.min(4000, end - performance.now())));
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key };
  try {
    const response = await fetch(path, {
      method, headers, body: JSON.stringify(body), signal: giveUp, credentials: "same-origin", cache: "no-store",
    });
    return { ok: response.ok, status: response.status, answer: await read(response) };
  } catch (fault) {
    if (fault instanceof TypeError || fault.name === "TimeoutError" || fault.name === "AbortError") return null;
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
