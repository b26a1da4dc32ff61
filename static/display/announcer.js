/** The loudspeaker of one area: says its calls one after another, and writes each of them large. */
import { openChime } from "/static/shared/chime.js";
import { openHall } from "/static/shared/hall.js";
import { make, pageData, words } from "/static/shared/page.js";
import { CallQueue } from "/static/display/queue.js";
import { arrow, place, sync } from "/static/display/rows.js";
import { sentence } from "/static/display/sentences.js";
import { openStatus, put } from "/static/display/status.js";
import { openVoice } from "/static/display/voice.js";

const READ_FOR = 4000;
const TWICE_UP_TO = 1;
const SAID_BEFORE = 4;

const facts = pageData();
const say = words(facts);
const root = document.querySelector(".announcer");
const part = (name) => root.querySelector(`[data-${name}]`);
const queue = new CallQueue((window) => facts.window_area[window] === facts.area.id);
const sound = { chime: true, voice: false };
const chime = openChime((blocked) => tellSound({ chime: blocked }));
const voice = openVoice(facts.language, ({ voice: found, blocked }) => {
  part("no-voice").hidden = found !== null;
  put(part("voice"), found ? say("voice", { voice: found.name }) : "");
  tellSound({ voice: blocked });
});
const said = [];
let speed = 1;
let talking = false;
let opened = false;

const hall = openHall({ screen: "announcer", area: facts.area.id }, {
  snapshot(state, meta) {
    speed = meta.speed;
    status.speed(speed);
    if (opened && meta.missed) queue.fill(state.calls, (ticket) => ageOf(ticket.called_at));
    else queue.know(state.calls);
    opened = true;
    talk();
  },
  events(happened) {
    for (const event of happened) {
      queue.take(event, ageOf(event.at));
      if (event.ticket?.state === "waiting") takeBack(event.ticket.ticket);
    }
    talk();
  },
  live: (isLive, age) => status.live(isLive, age),
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());

function ageOf(iso) {
  return (hall.now().getTime() - Date.parse(iso)) / speed;
}

/** The only place where anything is said: so one call ends before the next begins. */
async function talk() {
  count();
  if (talking) return;
  talking = true;
  for (let call = queue.next(); call; call = queue.next()) {
    count();
    await announce(call);
  }
  talking = false;
}

async function announce(call) {
  write(call);
  const read = new Promise((resolve) => setTimeout(resolve, READ_FOR));
  await chime.ring();
  const text = sentence(facts.language, call.number, call.window);
  await voice.say(text);
  if (queue.length <= TWICE_UP_TO) await voice.say(text);
  await read;
  part("now").classList.add("said");
}

function write(call) {
  const before = said.map((one) => make("li", {}, make("span", { class: "number" }, one.number), arrow(),
    place(facts.words.window, one.window)));
  sync(part("said"), before.slice(0, SAID_BEFORE));
  said.unshift(call);
  said.length = Math.min(said.length, SAID_BEFORE);
  part("now").className = "now";
  Object.assign(part("now").dataset, { ticket: call.ticket, number: call.number, window: call.window });
  part("now").replaceChildren(
    call.again && make("p", { class: "flag" }, say("again")) || "",
    make("p", { class: "pair" }, make("span", { class: "number" }, call.number), arrow(), place(facts.words.window, call.window)),
    make("p", { class: "sentence" }, say("caption", call)));
}

/** A call that was undone is no longer shown, even if it was said. */
function takeBack(ticket) {
  if (part("now").dataset.ticket !== ticket) return;
  part("now").className = "now";
  part("now").replaceChildren(make("p", { class: "idle" }, say("idle")));
  said.shift();
}

function count() {
  put(part("next"), queue.length ? say("next", { count: queue.length }) : "");
}

function tellSound(change) {
  Object.assign(sound, change);
  part("sound").hidden = !sound.chime && !sound.voice;
  part("silent").hidden = part("sound").hidden;
}

part("sound").addEventListener("click", () => {
  chime.unlock();
  voice.unlock();
});
