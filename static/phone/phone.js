// The ticket holder's page: listens to the hall, shows where the ticket stands, calls loudly, asks afterwards.
// What a waiting person doesn't need yet (leaving, rating, the sending of presses) is loaded when it is needed.
import { openLine } from "../shared/line.js";
import { pageData, words } from "../shared/page.js";
import { Scenes } from "./scenes.js";
import { Signal } from "./signal.js";
import { Visit } from "./visit.js";
import { wire } from "../shared/wire.js";

/** After these the ticket may be called somewhere else. */
const RELOCATING = new Set(["transfer", "undo"]);

/** This browser alone knows where whoever rated sees what becomes of it: the link on the slip doesn't tell. */
const FOLLOWED = "hall.rated.";

let data = pageData();
const say = words(data);
const find = (selector) => document.querySelector(selector);
const visit = new Visit(data.phone_days);
const signal = new Signal();
const scenes = new Scenes(say, data.zone, data.ready_minutes);
let leaving = null;
let question = null;
let bringing = null;
let rung = null;
let refusal = null;
let moving = false;
let hall = open();

function open() {
  return openLine({ screen: "phone", token: data.token }, {
    snapshot(state) {
      refusal = null;
      visit.snapshot(state);
      draw();
    },
    events(list) {
      for (const event of list) if (visit.hear(event)) heard(event);
    },
    rated({ ticket }) {
      if (ticket === visit.key) visit.rated();
      draw();
    },
    places(message) {
      if (visit.placed(message)) draw();
    },
    live(isLive) {
      find("[data-live]").hidden = isLive;
      document.body.classList.toggle("not-live", !isLive);
    },
    refused(problem) {
      refusal = problem.detail;
      draw();
    },
  }, wire);
}

/** Sent until the hall has said what became of it; `tell` writes beside the button that it waits. */
async function press(name, body, tell) {
  const shared = await import("../shared/press.js");
  const waiting = () => tell(say("waits_for_hall"));
  return shared.press(`/api/v1/t/${data.token}/${name}`, body, { waiting });
}

function heard({ action, ticket }) {
  if (RELOCATING.has(action)) moveToOtherLine();
  else if (ticket.state === "waiting") setTimeout(reopen);
  draw();
}

/** Whoever waits again asks how things stand: a place, and how often more time may be asked for. */
function reopen() {
  hall.close();
  hall = open();
}

function draw() {
  if (visit.ticket && visit.ticket.service !== data.service.id) moveToOtherLine();
  if (refusal) scenes.fill("refused", refusal);
  else scenes.draw(visit, data, hall.now());
  if (scenes.show(sceneNow())) question?.shown();
  offerFollowing(visit.key && localStorage.getItem(FOLLOWED + visit.key));
  offerLeaving(!refusal && visit.mayLeave);
  find("[data-receipt]").hidden = Boolean(refusal) || !visit.ticket || visit.ticket.state === "called";
  ringForCall();
  signal.calm(refusal ? null : scenes.title(visit, hall.now()));
}

/** The end of an absence comes without news from the hall. */
setInterval(() => hall.live && visit.awayUntil && draw(), 2000);

/** Null leaves the screen as it is: the question is still on its way. */
function sceneNow() {
  if (refusal) return "refused";
  const scene = visit.scene(hall.now());
  if (scene !== "rate" || question) return scene;
  bringing ??= bringRating().finally(() => { bringing = null; });
  return null;
}

/** Fails when the line is down; the next news from the hall asks for it again. */
async function bringRating() {
  const { bringQuestion } = await import("./rating.js");
  question = await bringQuestion(find("[data-when=rate]"), rate);
  draw();
}

function offerFollowing(link) {
  find("[data-follow]").hidden = !link;
  if (link) find("[data-follow] a").href = link;
}

function offerLeaving(possible) {
  find("[data-leave]").hidden = !possible;
  if (!possible) leaving?.sure(false);
}

/** Each call and recall rings once, however the page came to know of it. */
function ringForCall() {
  const call = refusal ? null : visit.call;
  if (call === rung) return;
  rung = call;
  scenes.coming(false);
  if (call) signal.start(`▶ ${say("window", { window: visit.ticket.window })}`);
  else signal.stop();
}

/** A transfer: where to go comes from the server once more; the bell stays armed. */
async function moveToOtherLine() {
  if (moving) return;
  moving = true;
  try {
    const { dataOf, freshPage } = await import("./fresh.js");
    data = dataOf(await freshPage());
    reopen();
  } finally {
    moving = false;
  }
}

async function rate(answer) {
  try {
    const { follow_up: link } = await press("rating", answer, (sentence) => question.trouble(sentence));
    localStorage.setItem(FOLLOWED + visit.key, link);
    visit.rated();
  } catch (refused) {
    const problem = refused.problem ?? {};
    if (problem.code === "already_rated") visit.rated();
    else question.trouble(problem.detail ?? say("not_sent"));
  }
  draw();
}

find("[data-leave-ask]").addEventListener("click", async () => {
  const { Leaving } = await import("./leaving.js");
  leaving ??= new Leaving(find("[data-leave]"), () => press("abandon", {}, (sentence) => leaving.trouble(sentence)), say);
  leaving.sure(true);
});

find("[data-arm]").addEventListener("click", async () => {
  await signal.arm();
  scenes.armed(signal.staysAwake);
});

async function moreTime(name) {
  const buttons = [find("[data-postpone]"), find("[data-back]")];
  const tell = (sentence) => scenes.fill("more_trouble", sentence);
  for (const button of buttons) button.disabled = true;
  tell("");
  try {
    visit.putOff(await press(name, {}, tell));
    tell("");
    draw();
  } catch (refused) {
    tell(refused.problem?.detail ?? say("not_sent"));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

find("[data-postpone]").addEventListener("click", () => moreTime("postpone"));
find("[data-back]").addEventListener("click", () => moreTime("rejoin"));

find("[data-receipt]").addEventListener("toggle", async ({ target }) => {
  if (!target.open) return;
  const { showReceipt } = await import("./receipt.js");
  await showReceipt(target, data.token, say);
});

find("[data-coming]").addEventListener("click", () => {
  signal.quiet();
  scenes.coming(true);
});

/** While the line is good: giving the number up then needs nothing from it but the press. A tap asks for it again. */
setTimeout(() => import("./leaving.js").catch(() => null), 3000);

if (data.push) import("./push.js").then(({ offerPush }) => offerPush(data, press, say)).catch(() => null);
