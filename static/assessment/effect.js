// What an entry would do to a score, said before it is sent.
import { here, make, plain, say, signed } from "./desk.js";
import { cutWords } from "./lines.js";

/** told: {was, now} assessments; only what moves is said. */
export function effectWords({ was, now, scheme }, item) {
  const line = now.lines.find((each) => each.code === item.code);
  const before = was.lines.find((each) => each.code === item.code);
  const rows = [pair(say("effect_score"), was.score, now.score), ...partPairs(was, now), linePair(before, line)].filter(Boolean);
  const remarks = (line?.cut_by ?? []).map((why) => make("p", { class: "remark" }, cutWords(why, line, scheme)));
  if (line?.note) remarks.push(make("p", { class: "remark" }, here(line.note)));
  if (was.score === now.score) return [make("p", {}, say("effect_none", { score: shown(now.score) })), ...remarks];
  return [make("dl", {}, ...rows), ...remarks];
}

const shown = (score) => (score === null ? "–" : plain(score));

function pair(name, was, now) {
  return make("div", {}, make("dt", {}, name), make("dd", { class: "number" }, say("effect_from_to", { was: shown(was), now: shown(now) })));
}

function partPairs(was, now) {
  return now.parts.map((part, at) => [part, was.parts[at]]).filter(([part, old]) => part.score !== old.score)
    .map(([part, old]) => pair(here(part.name), old.score, part.score));
}

function linePair(before, line) {
  if (!line || before?.points === line.points) return null;
  return make("div", {}, make("dt", {}, say("effect_line")), make("dd", { class: "number" }, signed(line.points - (before?.points ?? 0))));
}
