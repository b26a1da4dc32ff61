/** Pictures and videos in turn, always silent: sound belongs to the calls. What can't be shown is left out. */

const READY_WITHIN = 12_000;
const LOOK_EVERY = 5000;
const TRY_AGAIN = 60_000;
const CARD_SECONDS = 12;

/** `alive(false)`: nothing of the playlist can be shown at the moment; the calls take the room. */
export function openPlaylist(box, panelOf, alive) {
  const pictures = [...box.querySelectorAll("[data-picture]")];
  const video = box.querySelector("[data-video]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let items = [];
  let at = -1;
  let turn = 0;
  let timer = 0;
  let running = false;
  let good = true;
  let current = null;

  function set(list) {
    if (JSON.stringify(list) === JSON.stringify(items)) return;
    items = list;
    at = -1;
    good = true;
    if (running) next();
  }

  function run(wanted) {
    if (wanted === running) return;
    running = wanted;
    if (running) next();
    else stop();
  }

  function stop() {
    turn += 1;
    clearTimeout(timer);
    video.pause();
    only(null);
  }

  /** Each is tried once; a turn that was overtaken by another one does nothing more. */
  async function next() {
    const mine = ++turn;
    clearTimeout(timer);
    for (let tries = 0; tries < items.length; tries += 1) {
      at = (at + 1) % items.length;
      const end = await begin(items[at]).catch(() => null);
      if (mine !== turn) return;
      if (end) return keep(end, mine);
    }
    if (!items.length) return;
    if (good) only(null);
    tell(false);
    timer = setTimeout(next, TRY_AGAIN);
  }

  function tell(isGood) {
    if (isGood === good) return;
    good = isGood;
    alive(good);
  }

  function keep(seconds, mine) {
    tell(true);
    if (seconds !== Infinity) timer = setTimeout(next, seconds * 1000);
    else watch(mine, -1);
  }

  /** A video that stands still, for whatever reason, is left. */
  function watch(mine, before) {
    timer = setTimeout(() => {
      if (mine !== turn) return;
      if (video.ended || video.currentTime === before) next();
      else watch(mine, video.currentTime);
    }, LOOK_EVERY);
  }

  /** How many seconds it stays; a video until it ends. Throws, or gives 0, when it can't be shown. */
  async function begin(item) {
    if (item.kind === "card") return show(panelOf(item.panel)), CARD_SECONDS;
    if (item.kind === "video") return still.matches ? 0 : await film(item);
    const hidden = pictures.find((one) => one.hidden) ?? pictures[0];
    if (hidden.getAttribute("src") !== item.src) hidden.src = item.src;
    await inTime(hidden.decode());
    show(hidden);
    return item.seconds;
  }

  async function film(item) {
    if (video.getAttribute("src") !== item.src) video.src = item.src;
    else video.currentTime = 0;
    video.muted = true;
    await inTime(video.play());
    show(video);
    return Infinity;
  }

  function show(node) {
    if (node !== video) video.pause();
    only(node);
  }

  function only(node) {
    current = node;
    for (const one of [...pictures, video]) one.hidden = one !== node;
    for (const name of ["promises", "red_flags"]) if (running) panelOf(name).hidden = panelOf(name) !== node;
    box.dataset.shows = node?.dataset.panel ? "card" : "media";
  }

  for (const one of pictures) one.hidden = true;
  video.hidden = true;
  video.addEventListener("ended", next);
  video.addEventListener("error", () => running && !video.hidden && next());
  /** What stood there stands there again, after others have drawn around it. */
  return { set, run, refresh: () => running && good && only(current) };
}

function inTime(promise) {
  return Promise.race([promise, new Promise((_, fail) => { setTimeout(fail, READY_WITHIN, new Error("too late")); })]);
}
