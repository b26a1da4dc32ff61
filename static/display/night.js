/** After the hall has closed: dark, the clock, when it opens again. Calls come first: while any stands, it is day. */
import { make } from "../shared/page.js";
import { put } from "./status.js";

const MARGIN = 30 * 60_000;
const LUNCH = 4 * 3_600_000;
const CALL_KEEPS_AWAKE = 60 * 60_000;
const DRIFTS = 8;

/** False by day; at night {opens}: when the next stretch of `open` begins, or null. Open are [from, to] in ms. */
export function nightAt(now, open) {
  const next = open.find(([from]) => from > now);
  const last = open.findLast(([, to]) => to <= now);
  if (open.some(([from, to]) => from - MARGIN <= now && now < to + MARGIN)) return false;
  if (last && next && next[0] - last[1] <= LUNCH) return false;
  return { opens: next ? next[0] : null };
}

export function openNight(root, facts, say, hall) {
  const box = root.querySelector("[data-night]");
  const part = (name) => root.querySelector(`[data-night-${name}]`);
  const times = formats(facts);
  let open = [];
  let isWanted = true;

  function apply(shown) {
    isWanted = shown.night;
    open = shown.open.map((stretch) => stretch.map((at) => Date.parse(at)));
    part("tables").replaceChildren(...shown.timetables.map(table));
  }

  /** Whether it is night now; without the hall's word nothing is known, and the board says that instead. */
  function look(calls) {
    const now = hall.now().getTime();
    const awake = calls.some((call) => ["called", "serving"].includes(call.state) && now - call.at < CALL_KEEPS_AWAKE);
    const night = isWanted && !facts.preview && root.dataset.live === "yes" && !awake && nightAt(now, open);
    box.hidden = !night;
    root.toggleAttribute("data-night-on", Boolean(night));
    if (night) tell(new Date(now), night.opens);
    return Boolean(night);
  }

  function tell(now, opens) {
    box.dataset.drift = Math.floor(now / 60_000) % DRIFTS;
    put(part("clock"), times.clock.format(now));
    put(part("date"), times.date.format(now));
    put(part("next"), opening(now, opens));
  }

  function opening(now, opens) {
    if (opens === null) return say("closed_now");
    const time = times.clock.format(opens);
    if (times.day.format(opens) === times.day.format(now)) return say("opens_today", { time });
    return say("opens_on", { day: times.weekday.format(opens), time });
  }

  return { apply, look };
}

function table(rows) {
  return make("dl", {}, rows.flatMap(({ days, times }) => [make("dt", {}, days), make("dd", { class: "number" }, times)]));
}

function formats({ language, timezone: timeZone }) {
  const tag = { zh_Hans: "zh-Hans-CN", zh_Hant: "zh-Hant-TW", en: "en-GB" }[language] ?? "zh-Hans-CN";
  const day = { timeZone, month: "long", day: "numeric" };
  return {
    clock: new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" }),
    day: new Intl.DateTimeFormat(tag, day),
    date: new Intl.DateTimeFormat(tag, { ...day, weekday: "long" }),
    weekday: new Intl.DateTimeFormat(tag, { ...day, weekday: "long" }),
  };
}
