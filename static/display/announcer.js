/** The loudspeaker of one area: says what the hall gives it to say, and writes each sentence large. */
import { openHall } from "../shared/hall.js";
import { make, pageData, words } from "../shared/page.js";
import { CallQueue } from "./queue.js";
import { arrow, place, sync } from "./rows.js";
import { caption, langOf } from "./sentences.js";
import { openSpeaker } from "./speaker.js";
import { openStatus, put } from "./status.js";

const READ_FOR = 4000;
const SAID_BEFORE = 4;
const WORTH_SAYING = 10;
const HEARD = new Set(["heard", "quiet"]);

const facts = pageData();
const say = words(facts);
const root = document.querySelector(".announcer");
const part = (name) => document.querySelector(`[data-${name}]`);
const queue = new CallQueue((window) => facts.window_area[window] === facts.area.id);
const written = [];
let state = null;
let reading = false;
let opened = false;
const hall = openHall({ screen: "announcer", area: facts.area.id }, {
  snapshot(seen, meta) {
    status.speed(meta.speed);
    queue.see(seen.calls);
    if (!opened) while (queue.next());
    opened = true;
    told(seen.announcing);
    speaker.joined();
  },
  events(happened) {
    for (const event of happened) {
      queue.take(event);
      if (event.ticket?.state === "waiting") takeBack(event.ticket.ticket);
    }
    speaker.happened();
    showByItself();
  },
  announcing: ({ areas }) => told(areas),
  live: (isLive, age) => status.live(isLive, age),
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());
const speaker = openSpeaker(facts, hall.question, { show: showSpoken, changed: showSound });

/** How the area stands. What another machine says is shown here while it is being said. */
function told(areas) {
  state = areas.find(({ area }) => area === facts.area.id) ?? state;
  const { now, waiting, oldest, sound } = state;
  const key = oldest < WORTH_SAYING ? "next" : "next_old";
  put(part("next"), waiting ? say(key, { count: waiting, seconds: oldest }) : "");
  part("quiet").hidden = sound !== "quiet";
  if (now && !speaker.holds) showSpoken(now);
  part("now").classList.toggle("said", !now && HEARD.has(sound));
  showByItself();
}

function showSpoken(sentence) {
  queue.spoken(sentence.ticket);
  part("now").dataset.ref = sentence.ref;
  write(sentence, sentence.language);
}

/** While nobody speaks here the calls are shown one after the other, each long enough to be read. */
async function showByItself() {
  if (reading || !opened || HEARD.has(state?.sound)) return;
  reading = true;
  for (let call = queue.next(); call && !HEARD.has(state.sound); call = queue.next()) {
    write(call, facts.languages[0]);
    await new Promise((resolve) => setTimeout(resolve, READ_FOR));
    part("now").classList.add("said");
  }
  reading = false;
}

/** The same call in another language only changes its sentence. */
function write(call, language) {
  const words = caption(language, call.number, call.window, facts.language);
  const key = `${call.ticket} ${call.again}`;
  if (part("now").dataset.key !== key) writeCall(call, key);
  part("now").classList.remove("said");
  const sentence = part("now").querySelector(".sentence");
  put(sentence, words);
  sentence.lang = langOf(language, facts.language);
}

function writeCall(call, key) {
  const before = written.map((one) => make("li", {}, make("span", { class: "number" }, one.number), arrow(),
    place(facts.words.window, one.window)));
  sync(part("said"), before.slice(0, SAID_BEFORE));
  written.unshift(call);
  written.length = Math.min(written.length, SAID_BEFORE);
  Object.assign(part("now").dataset, { key, ticket: call.ticket, number: call.number, window: call.window });
  part("now").replaceChildren(
    call.again && make("p", { class: "flag" }, say("again")) || "",
    make("p", { class: "pair" }, make("span", { class: "number" }, call.number), arrow(), place(facts.words.window, call.window)),
    make("p", { class: "sentence" }));
}

/** A call that was undone is no longer shown, even if it was said. */
function takeBack(ticket) {
  if (part("now").dataset.ticket !== ticket) return;
  part("now").className = "now";
  part("now").dataset.key = "";
  part("now").replaceChildren(make("p", { class: "idle" }, say("idle")));
  written.shift();
}

function showSound() {
  const { able, elsewhere } = speaker;
  part("not-heard").hidden = able !== "none" || elsewhere;
  part("elsewhere").hidden = !elsewhere;
  part("voices").replaceChildren(...facts.languages.map(voiceRow));
}

function voiceRow(language) {
  const by = speaker.by(language);
  return make("li", { class: by === "chime" ? "warn" : "", "data-by": by }, say(`voice_${by}`, { language: say(language) }));
}

part("sound").addEventListener("click", () => speaker.unlock());
showSound();
