// How the data stand: what somebody should look at, the backups, what is kept and for how long.
import { icon, make } from "../shared/page.js";
import { ask, data, find, look, say } from "./desk.js";

const LOOK_AGAIN = 60_000;
const WHILE_RUNNING = 1000;
const ICONS = { good: "check", caution: "info", bad: "bell" };
const TAGS = { bad: "bad", caution: "caution", hint: "deep" };
const when = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: data.zone, dateStyle: "medium", timeStyle: "short" });
const figure = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });

let timer = 0;

export function startUpkeep() {
  document.querySelector('[data-part="upkeep"]').addEventListener("click", load);
  find("back-up")?.addEventListener("click", backUp);
  load();
}

/** Every minute, and every second while a backup is being made. */
async function load() {
  clearTimeout(timer);
  const report = await look("/api/v1/upkeep");
  if (report) draw(report);
  timer = setTimeout(load, report?.running ? WHILE_RUNNING : LOOK_AGAIN);
}

async function backUp() {
  find("back-up").disabled = true;
  if (await ask("/api/v1/backups")) await load();
  else find("back-up").disabled = false;
}

function draw(report) {
  const button = find("back-up");
  if (button) Object.assign(button, { disabled: report.running, textContent: say(report.running ? "backing_up" : "back_up") });
  const marked = document.querySelector('[data-part="upkeep"] [data-upkeep-mark]');
  marked.hidden = report.status === "good";
  marked.className = `tag ${TAGS[report.status] ?? ""}`;
  marked.textContent = report.findings.filter(({ level }) => level !== "hint").length;
  find("state").dataset.state = report.status;
  find("state-words").replaceChildren(icon(ICONS[report.status]), say(`state_${report.status}`));
  find("upkeep-findings").replaceChildren(...report.findings.map(findingRow));
  find("upkeep-facts").replaceChildren(...facts(report));
  find("backup-rules").textContent = say("backup_rules", report.rules);
  find("backups").replaceChildren(...report.backups.map(backupRow));
  find("kept").replaceChildren(...report.kept.map(keptRow));
}

function findingRow({ level, code, facts: known }) {
  const values = { ...known, at: time(known.at), last_at: time(known.last_at), reason: reason(known.reason) };
  const key = code === "disk_low" && known.days !== null ? "found_disk_days" : `found_${code}`;
  return make("li", { "data-finding": code },
    make("span", { class: `tag ${TAGS[level]}` }, say(`level_${level}`)), make("span", {}, say(key, values)));
}

function facts(report) {
  const { checked, signature, disk, backups } = report;
  const newest = backups.find(({ good }) => good);
  return [
    fact("fact_backup", newest ? time(newest.at) : say("none_yet"), newest ? bytes(newest.bytes) : ""),
    fact("fact_log", checked ? say("log_until", { n: whole.format(checked.seq) }) : say("none_yet"),
      say("log_stands", { n: whole.format(report.seq) })),
    fact("fact_signature", signature ? signature.day : say("none_yet"), signature ? signature.signature : ""),
    fact("fact_disk", bytes(disk.free), room(disk)),
  ];
}

function fact(key, value, more) {
  return make("div", {}, make("dt", {}, say(key)), make("dd", {}, value, make("small", {}, more)));
}

function room({ size, a_day: pace, days_left: days }) {
  const told = say("data_size", { size: bytes(size) });
  return pace ? `${told} ${say("data_pace", { pace: bytes(pace), days: whole.format(days) })}` : told;
}

function backupRow(backup) {
  return make("tr", { "data-backup": backup.file },
    make("td", {}, time(backup.at)), make("td", {}, say(`why_${backup.why}`)),
    make("td", { class: "figure" }, bytes(backup.bytes)), make("td", { class: "figure" }, backup.seq ? whole.format(backup.seq) : "–"),
    make("td", {}, verdict(backup)), make("td", {}, make("code", {}, backup.file)));
}

function verdict({ good, problem }) {
  if (good) return make("span", { class: "tag good" }, icon("check"), say("verdict_good"));
  if (good === null) return make("span", { class: "tag caution" }, say("verdict_none"));
  return [make("span", { class: "tag bad" }, icon("close"), say("verdict_bad")), ` ${problem}`];
}

function keptRow({ kind, days, rows, oldest, purged }) {
  return make("tr", { "data-kind": kind },
    make("td", { class: "words" }, say(`kind_${kind}`)), make("td", {}, length(days)), make("td", { class: "figure" }, whole.format(rows)),
    make("td", {}, oldest ? time(oldest) : "–"),
    make("td", {}, purged ? say("taken", { n: whole.format(purged.rows), at: time(purged.at) }) : "–"));
}

function length(days) {
  if (days === null) return say("for_good");
  if (days === 0) return say("until_over");
  return say("days", { n: figure.format(days) });
}

const reason = (code) => (code ? say(`reason_${code}`) : "");

/** A day alone, such as 2026-10-12, stays as it is. */
function time(at) {
  if (!at) return "";
  return at.includes("T") ? when.format(new Date(at)) : at;
}

function bytes(count) {
  const steps = ["KB", "MB", "GB", "TB"];
  let [value, step] = [count / 1024, 0];
  while (value >= 1024 && step < steps.length - 1) [value, step] = [value / 1024, step + 1];
  return `${figure.format(value)} ${steps[step]}`;
}
