// Appeals with both sides; who had no part in it upholds or rejects, with a reason.
import { appeals, decide, factOf, photoOfAppeal, schemeOn } from "./api.js";
import { data, find, here, make, momentText, monthName, nameOf, person, say, tag } from "./desk.js";
import { factRow } from "./lines.js";
import { thumbs } from "./photos.js";

load();

async function load() {
  const told = await appeals();
  if (!told) return;
  await Promise.all(told.appeals.map(learnOf));
  const open = told.appeals.filter(({ state }) => state === "open");
  const decided = told.appeals.filter(({ state }) => state !== "open");
  find("open-appeals").replaceChildren(...open.map(openCase));
  find("decided").replaceChildren(...decided.map(decidedCase));
  find("no-open").hidden = open.length > 0;
  find("no-decided").hidden = decided.length > 0;
  Object.assign(find("open-n"), { textContent: open.length, hidden: !open.length });
}

/** What the appeal is about: the fact, and the item by its name. */
async function learnOf(appeal) {
  const [about, scheme] = await Promise.all([factOf(appeal.fact), schemeOn(appeal.by, `${appeal.period}-01`)]);
  const item = scheme?.items.find(({ code }) => code === appeal.item);
  Object.assign(appeal, { about: about?.fact ?? null, name: item ? `${item.code} ${here(item.text)}` : appeal.item });
}

function sides(appeal) {
  const clerk = data.clerks[appeal.clerk] ?? appeal.clerk;
  return make("div", { class: "sides" },
    make("section", {}, make("h4", {}, say("side_entry")), make("p", {}, make("b", {}, appeal.name)),
      appeal.about && make("ul", { class: "fact-side" }, factRow(appeal.about))),
    make("section", {}, make("h4", {}, say("side_clerk", { who: clerk })),
      make("p", { class: "note" }, appeal.text), thumbs(appeal, (photo) => photoOfAppeal(appeal.appeal, photo)),
      make("p", { class: "soft" }, say("appealed_at", { time: momentText(appeal.at) }))));
}

const title = ({ by, subject, period }) => make("h3", {}, say("about", { whose: nameOf(by, subject), month: monthName(period) }));

function openCase(appeal) {
  return make("li", { class: "card", "data-appeal": appeal.appeal }, title(appeal), sides(appeal), decision(appeal));
}

function decision(appeal) {
  if (!data.may_review) return make("p", { class: "soft" }, say("only_reviewers"));
  if (!appeal.yours) return make("p", { class: "notice caution" }, say("not_yours"));
  const reason = make("textarea", { id: `reason-${appeal.appeal}`, rows: 2, maxlength: 2000, required: true });
  const fault = make("p", { class: "fault", role: "alert", id: `fault-${appeal.appeal}` });
  const choose = (verdict) => async (event) => {
    fault.textContent = reason.value.trim() ? "" : say("reason_needed");
    reason.setAttribute("aria-invalid", String(!reason.value.trim()));
    if (!reason.value.trim()) return reason.focus();
    event.currentTarget.disabled = true;
    if (await decide(appeal.appeal, verdict, reason.value)) await decided(verdict);
    else event.target.disabled = false;
  };
  reason.setAttribute("aria-describedby", fault.id);
  return make("form", { class: "stack", onsubmit: (event) => event.preventDefault() },
    make("div", { class: "field" }, make("label", { for: reason.id }, say("reason")), reason, fault),
    make("div", { class: "row" },
      make("button", { class: "button primary", type: "button", "data-verdict": "upheld", onclick: choose("upheld") }, say("uphold")),
      make("button", { class: "button", type: "button", "data-verdict": "rejected", onclick: choose("rejected") }, say("reject"))));
}

async function decided(verdict) {
  await load();
  find("decided-said").textContent = say("decided_said", { what: say(verdict) });
  (document.querySelector("[data-open-appeals] textarea") ?? document.getElementById("t-appeals"))?.focus();
}

function decidedCase(appeal) {
  return make("li", { class: "card", "data-appeal": appeal.appeal },
    make("div", { class: "row spread" }, title(appeal), tag(appeal.state === "upheld" ? "good" : "", say(appeal.state))),
    sides(appeal),
    make("p", {}, say("decided_by", { who: person(appeal.decided_by), time: momentText(appeal.decided_at), reason: appeal.reason })));
}
