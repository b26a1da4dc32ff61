/** The clock, the date and the age of what is shown; every screen of the hall has them. */

/**
 * Fills [data-clock] [data-seconds] [data-date] [data-age] [data-lost] under `root` and sets root.dataset.live to
 * "wait", "yes" or "no". Give its `live`, `refused` and `speed` what hall.js tells.
 */
export function openStatus(root, facts, say, hallNow) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const times = formats(facts);
  const banner = root.querySelector(".lost");
  let speed = 1;
  let knowsTheTime = false;
  let since = null;

  /** Before the hall has said what time it is, no clock stands: this machine's own may be another one. */
  function tick() {
    if (!knowsTheTime) return;
    const now = hallNow();
    put(part("clock"), times.minute.format(now));
    put(part("seconds"), times.second(now));
    put(part("date"), times.day(now));
  }

  function lose(age) {
    if (root.dataset.live !== "no") since = age === null ? null : new Date(hallNow() - age * 1000 * speed);
    root.dataset.live = "no";
    put(part("lost"), since ? say("not_live", { time: times.exact.format(since) }) : say("never_live"));
    put(part("age"), since ? say("updated", { seconds: Math.round(age) }) : say("connecting"));
  }

  function live(isLive, age) {
    if (!isLive) lose(age);
    else {
      root.dataset.live = "yes";
      put(part("age"), `${say("live")} · ${say("updated", { seconds: Math.round(age) })}`);
    }
    banner.hidden = isLive;
  }

  function refused(problem) {
    lose(null);
    put(part("lost"), say("refused", { why: problem.detail ?? problem.code }));
    banner.hidden = false;
  }

  root.dataset.live = "wait";
  put(part("age"), say("connecting"));
  setInterval(tick, 250);
  return {
    live,
    refused,
    /** With every snapshot: how fast the hall's clock goes. */
    speed(value) {
      speed = value;
      knowsTheTime = true;
      tick();
    },
  };
}

/** Writes only what changed: a screen that stands still costs nothing. */
export function put(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

function formats({ language, timezone }) {
  const tag = { zh_Hans: "zh-Hans-CN", zh_Hant: "zh-Hant-TW", en: "en-GB" }[language] ?? "zh-Hans-CN";
  const clock = { timeZone: timezone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" };
  const exact = new Intl.DateTimeFormat("en-GB", { ...clock, second: "2-digit" });
  const day = new Intl.DateTimeFormat(tag, { timeZone: timezone, month: "long", day: "numeric" });
  const weekday = new Intl.DateTimeFormat(tag, { timeZone: timezone, weekday: "long" });
  const order = language === "en" ? [weekday, day] : [day, weekday];
  return {
    exact,
    minute: new Intl.DateTimeFormat("en-GB", clock),
    second: (now) => exact.format(now).slice(-3),
    day: (now) => order.map((format) => format.format(now)).join(" "),
  };
}
