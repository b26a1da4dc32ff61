// Being told while this page is closed: offered where the browser can, asked for with one tap, ended with another.

const find = (name) => document.querySelector(`[data-push${name}]`);

/** Shows the offer; `press` sends to the hall, `say` knows the sentences; pages of one kind lie beside their worker. */
export async function offerPush(data, press, say, beside = "/t/") {
  if (!isSecureContext || !navigator.serviceWorker || !window.PushManager || Notification.permission === "denied") return;
  const page = beside + data.token;
  const kept = await navigator.serviceWorker.getRegistration(page);
  show(Boolean(await kept?.pushManager.getSubscription()));
  find("-on").addEventListener("click", () => tried(say, () => begin(page, `${beside}worker.js`, data.push, press)));
  find("-off").addEventListener("click", () => tried(say, () => end(page, press)));
  find("").hidden = false;
}

function show(isTold) {
  find("-on").hidden = isTold;
  find("-told").hidden = !isTold;
}

async function tried(say, work) {
  trouble("");
  find("-on").disabled = true;
  try {
    show(await work());
  } catch (refused) {
    trouble(refused.problem?.detail ?? say("push_failed"));
  } finally {
    find("-on").disabled = false;
  }
}

async function begin(page, script, key, press) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("Not permitted");
  const worker = await navigator.serviceWorker.register(script, { scope: page });
  await active(worker);
  const mailbox = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const { endpoint, keys } = mailbox.toJSON();
  const { told } = await press("push", { endpoint, keys }, trouble);
  trouble("");
  return told;
}

/** The browser subscribes for a worker that runs. */
function active(registration) {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return null;
  return new Promise((done) => coming.addEventListener("statechange", () => coming.state === "activated" && done()));
}

async function end(page, press) {
  const worker = await navigator.serviceWorker.getRegistration(page);
  const mailbox = await worker?.pushManager.getSubscription();
  if (mailbox) await press("push/end", { endpoint: mailbox.endpoint }, trouble);
  await mailbox?.unsubscribe();
  await worker?.unregister();
  trouble("");
  return false;
}

function trouble(sentence) {
  find("-trouble").textContent = sentence;
  find("-trouble").hidden = !sentence;
}

function bytes(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
