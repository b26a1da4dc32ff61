// A clerk's own month: what counted, with its evidence, and an appeal against what isn't right.
import { freshKey } from "../shared/press.js";
import { appeal as sendAppeal, appealPhotos, mine, myAppeals, photoOfAppeal, schemeOn } from "./api.js";
import { dayText, find, here, make, momentText, monthName, nameOf, say, signed, tag } from "./desk.js";
import { scoreOf } from "./lines.js";
import { Chosen, sendPhoto, thumbs } from "./photos.js";
import { matching, ownStandingWords } from "./standing.js";

const photos = new Chosen([find("camera"), find("files")], find("chosen"));
const TINTS = { open: "caution", upheld: "good", rejected: "" };
let about = null;
let schemes = {};

find("month").addEventListener("change", load);
find("appeal-form").addEventListener("submit", decide);
load();

async function load() {
  const period = find("month").value;
  const [told, appeals] = await Promise.all([mine(period), myAppeals()]);
  if (!told) return;
  schemes = { window: await schemeOn("window", `${period}-01`), clerk: await schemeOn("clerk", `${period}-01`) };
  find("mine").replaceChildren(...(told.assessments.length ? told.assessments.map((each, at) => one(each, at, told)) : [make("p", { class: "card soft" }, say("nothing_mine"))]));
  showAppeals(appeals?.appeals ?? []);
}

function one(assessment, at, told) {
  const { by, subject } = assessment;
  const name = by === "clerk" ? say("own_score") : say("window_score", { window: subject, name: here(assessment.name) });
  const known = { assessment, scheme: matching(schemes[by], assessment), standing: ownStandingWords(told), key: at };
  const atFact = (fact, line) => appealPart(fact, line, { by, subject, period: told.period });
  return make("article", { class: "stack", "aria-labelledby": `t-mine-${at}`, "data-assessment": `${by} ${subject}` },
    make("h2", { id: `t-mine-${at}` }, name), ...scoreOf(known, atFact));
}

/* appeals */

function appealPart(fact, line, where) {
  if (fact.appeal) return make("p", {}, tag(TINTS[fact.appeal], say(`state_${fact.appeal}`)));
  if (!line || line.asked >= 0) return null;
  if (fact.appeal_until && new Date(fact.appeal_until) < new Date()) return make("p", { class: "soft" }, say("appeal_over"));
  return make("p", { class: "row no-print" },
    make("button", { class: "button", type: "button", "data-appeal-now": fact.fact, onclick: () => open(fact, line, where) }, say("appeal")),
    fact.appeal_until && make("span", { class: "soft" }, say("appeal_until", { time: momentText(fact.appeal_until) })));
}

function open(fact, line, where) {
  about = { fact, line, ...where, key: freshKey() };
  find("appeal-what").replaceChildren(make("b", {}, `${line.code} ${here(line.name)}`), ` ${signed(line.points)} · ${dayText(fact.day)} · ${whose(where)}`);
  find("text").value = "";
  find("appeal-fault").hidden = true;
  photos.clear();
  find("appealing").showModal();
  find("text").focus();
}

const whose = ({ by, subject }) => (by === "clerk" ? say("own_score") : nameOf(by, subject));

/** The dialog stays open until the appeal has been taken. */
async function decide(event) {
  if (event.submitter?.value !== "yes") return;
  event.preventDefault();
  const { fact, line, by, subject, period, key } = about;
  event.submitter.disabled = true;
  const answer = await sendAppeal({ period, by, subject, item: line.code, fact: fact.fact, text: find("text").value }, { key });
  const lost = answer ? await sendPhotos(answer.appeal) : 0;
  event.submitter.disabled = false;
  if (!answer) return complainHere();
  find("appealing").close();
  await load();
  if (!lost) document.getElementById("t-appeals").focus();
}

async function sendPhotos(appeal) {
  let lost = 0;
  for (const blob of photos.blobs) lost += (await sendPhoto(appealPhotos(appeal), blob)) ? 0 : 1;
  return lost;
}

function complainHere() {
  Object.assign(find("appeal-fault"), { textContent: find("fault").textContent, hidden: false });
}

function itemOf({ by, item: code }) {
  const item = schemes[by]?.items.find((each) => each.code === code);
  return item ? `${code} ${here(item.text)}` : code;
}

function showAppeals(list) {
  find("appeals-part").hidden = !list.length;
  find("appeals").replaceChildren(...list.map((each) => make("li", { class: "card", "data-appeal": each.appeal },
    make("div", { class: "row spread" }, make("b", {}, [itemOf(each), whose(each), monthName(each.period)].join(" · ")), tag(TINTS[each.state], say(`state_${each.state}`))),
    make("p", { class: "note" }, each.text), thumbs(each, (photo) => photoOfAppeal(each.appeal, photo)),
    make("p", { class: "soft" }, say("sent_at", { time: momentText(each.at) })),
    each.decided_at && make("p", {}, say("decided_at", { time: momentText(each.decided_at), reason: each.reason })))));
}
