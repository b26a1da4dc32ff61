// The ticket holder's page: listens to the hall, shows where the ticket stands, calls loudly, asks afterwards.
import { openHall } from "/static/shared/hall.js";
import { pageData, words } from "/static/shared/page.js";
import { press } from "/static/shared/press.js";
import { Leaving } from "/static/phone/leaving.js";
import { Scenes } from "/static/phone/scenes.js";
import { Signal } from "/static/phone/signal.js";
import { Visit } from "/static/phone/visit.js";
import { Question } from "/static/rating/question.js";

let data = pageData();
const say = words(data);
const find = (selector) => document.querySelector(selector);
const visit = new Visit(data.phone_days);
const signal = new Signal();
const api = `/api/v1/t/${data.token}`;
const scenes = new Scenes(say, data.zone);
const question = new Question(find("[data-question]"), { send: rate });
const leaving = new Leaving(() => press(`${api}/abandon`), say);
let rung = null;
let refusal = null;
let hall = open();

function open() {
  return openHall({ screen: "phone", token: data.token }, {
    snapshot(state) {
      refusal = null;
      visit.snapshot(state);
      draw();
    },
    events(list) {
      for (const event of list) if (visit.hear(event)) draw();
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
  });
}

function draw() {
  if (visit.ticket && visit.ticket.service !== data.service.id) moveToOtherService();
  const scene = refusal ? "refused" : visit.scene(hall.now());
  if (refusal) scenes.fill("refused", refusal);
  else scenes.draw(visit, data, hall.now());
  const opened = scenes.show(scene);
  if (opened && scene === "rate") question.shown();
  leaving.offer(!refusal && visit.mayLeave);
  ringForCall();
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

/** A transfer: the page's own data come from the server once more, the bell stays armed. */
async function moveToOtherService() {
  data.service = { ...data.service, id: visit.ticket.service };
  const page = await fetch(location.href, { cache: "no-store" }).then((answer) => answer.text());
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("page-data");
  if (!fresh) return location.reload();
  data = JSON.parse(fresh.textContent);
  hall.close();
  hall = open();
}

async function rate(answer) {
  try {
    await press(`${api}/rating`, answer);
    visit.rated();
  } catch (refused) {
    const problem = refused.problem ?? {};
    if (problem.code === "already_rated") visit.rated();
    else question.trouble(problem.detail ?? say("not_sent"));
  }
  draw();
}

find("[data-arm]").addEventListener("click", async () => {
  await signal.arm();
  scenes.armed(signal.staysAwake);
});

find("[data-coming]").addEventListener("click", () => {
  signal.quiet();
  scenes.coming(true);
});
