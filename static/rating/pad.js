// The pad on the desk: shows the clerk, asks after a finished service, thanks, and is quiet again.
import { openHall } from "../shared/hall.js";
import { here, pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";
import { forgiveHands } from "../shared/touch.js";
import { Desk } from "./desk.js";
import { wireAloud } from "./aloud.js";
import { wireKeys } from "./keys.js";
import { NEGATIVE, Question } from "./question.js";
import { drawClerk, drawCode, drawLeft, drawSign, fillIn, showScene } from "./scenes.js";

const THANKS_MS = 5000;
const SCAN_MS = 8000;
const SEND_GIVES_UP = new Set(["already_rated", "rating_closed", "not_finished", "ticket_moved", "unknown_ticket"]);

const data = pageData();
const say = words(data);
const desk = new Desk(data.window, data.pad_seconds * 1000);
let refusal = "";
let thanks = null;
let asking = null;
let onScreen = null;

const now = () => hall.now().getTime();

const question = new Question(document.querySelector("[data-question]"), {
  send: deliver,
  touched: () => desk.extend(now()),
  early: () => question.trouble(say("once_more")),
  ended: () => draw(),
});

const hall = openHall({ screen: "pad", window: data.window }, {
  snapshot(state) {
    refusal = "";
    desk.snapshot(state);
    draw();
  },
  events(list) {
    for (const event of list) desk.hear(event);
    draw();
  },
  rated(message) {
    desk.rated(message);
    draw();
  },
  live(isLive) {
    document.querySelector("[data-live]").hidden = isLive;
    document.body.classList.toggle("not-live", !isLive);
  },
  refused(problem) {
    refusal = problem.detail;
    draw();
  },
});

async function deliver(answer) {
  const asked = desk.asked;
  if (!asked) return draw();
  try {
    const kept = await press(`/api/v1/windows/${data.window}/rating`, { ticket: asked.ticket, ...answer }, { waiting });
    done(asked, answer.level in NEGATIVE ? "thanks_negative" : "thanks", kept.follow_up);
  } catch (refused) {
    const problem = refused.problem ?? {};
    if (SEND_GIVES_UP.has(problem.code)) done(asked, problem.code === "already_rated" ? "already" : "too_late");
    else question.trouble(problem.detail ?? say("not_sent"));
  }
}

function waiting() {
  question.trouble(say("waits_for_hall"));
}

/** The hall's own word for it may have come first, by the events. */
function done(asked, sentence, link) {
  desk.answered(asked.ticket);
  desk.ratedElsewhere = null;
  thank(sentence, link);
}

/** With a code to scan, whatever the rating was: nobody sees from afar how it was. */
function thank(sentence, link = "") {
  thanks = { sentence, link, until: performance.now() + (link ? SCAN_MS : THANKS_MS) };
}

function scene() {
  if (refusal) return "refused";
  if (question.sending || desk.question(now())) return "ask";
  if (thanks && thanks.until > performance.now()) return "thanks";
  if (!desk.view) return onScreen;
  if (desk.view.state === "paused") return "paused";
  return desk.view.state === "closed" || !desk.view.clerk ? "closed" : "idle";
}

const DRAWN = {
  ask: () => drawQuestion(),
  thanks: () => {
    fillIn("thanks", say(thanks.sentence));
    drawCode(thanks.link);
  },
  idle: () => drawClerk(desk.view.clerk, here),
  paused: () => drawSign(desk.view, data.pauses, say),
  refused: () => fillIn("refused", refusal),
};

function draw() {
  if (desk.ratedElsewhere && !question.sending) thank("already");
  desk.ratedElsewhere = null;
  const wanted = scene();
  DRAWN[wanted]?.();
  if (wanted === "ask" && onScreen !== "ask") question.shown();
  if (wanted !== "ask") asking = null;
  onScreen = showScene(wanted);
}

function drawQuestion() {
  if (!desk.asked) return;
  drawLeft(desk.left(now()));
  if (asking === desk.asked.ticket) return;
  asking = desk.asked.ticket;
  thanks = null;
  fillIn("number", desk.asked.number);
  question.ask();
}

wireKeys(document.querySelector("[data-question]"));
wireAloud();
forgiveHands();
setInterval(draw, 500);
