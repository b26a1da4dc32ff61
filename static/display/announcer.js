/** The loudspeaker of one area: says its calls one after another, and writes each of them large. */
import { openChime } from "/static/shared/chime.js";
import { openHall } from "/static/shared/hall.js";
import { make, pageData, words } from "/static/shared/page.js";
import { openLease } from "/static/display/lease.js";
import { Memory } from "/static/display/memory.js";
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
const queue = new CallQueue((window) => facts.window_area[window] === facts.area.id, new Memory(facts.area.id));
const written = [];
const sound = { chime: true, voice: false };
let talking = false;
let opened = false;
const chime = openChime((blocked) => tellSound({ chime: blocked }));
const voice = openVoice(facts.language, ({ voice: found, blocked }) => {
  part("no-voice").hidden = found !== null;
  put(part("voice"), found ? say("voice", { voice: found.name }) : "");
  tellSound({ voice: blocked });
});
const hall = openHall({ screen: "announcer", area: facts.area.id }, {
  snapshot(state, meta) {
    status.speed(meta.speed);
    queue.see(state.calls);
    if (!opened) queue.show();
    opened = true;
    begin();
  },
  events(happened) {
    for (const event of happened) {
      queue.take(event);
      if (event.ticket?.state === "waiting") takeBack(event.ticket.ticket);
    }
    begin();
  },
  live: (isLive, age) => status.live(isLive, age),
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());
const lease = openLease(hall.question, able, (elsewhere) => {
  queue.said.add(...elsewhere);
  part("elsewhere").hidden = !lease.elsewhere;
  talk();
});

/** What this machine could do now; while the browser withholds sound, it leaves speaking to others. */
function able() {
  if (sound.chime || sound.voice) return "none";
  return voice.has ? "voice" : "chime";
}

function speaks() {
  return able() !== "none" && lease.holds;
}

/** A machine that doesn't speak asks first whether it should. */
async function begin() {
  if (!speaks()) await lease.renew();
  talk();
}

/** The only place where anything is said: so one call ends before the next begins. */
async function talk() {
  count();
  if (talking || !opened) return;
  talking = true;
  for (let call = queue.next(speaks()); call; call = queue.next(speaks())) {
    count();
    queue.finish(call, await announce(call));
  }
  talking = false;
}

/** Whether the call was said to its end once: one that was broken off is said again. */
async function announce(call) {
  const aloud = speaks();
  write(call);
  const read = new Promise((resolve) => setTimeout(resolve, READ_FOR));
  const wasSaid = aloud && await speak(call);
  await read;
  part("now").classList.add("said");
  return wasSaid;
}

async function speak(call) {
  await chime.ring();
  const text = sentence(facts.language, call.number, call.window);
  await voice.say(text);
  if (able() === "none") return false;
  queue.said.add(call.key);
  lease.said(call.key);
  if (speaks() && queue.due(true).length <= TWICE_UP_TO && queue.stands(call)) await voice.say(text);
  return true;
}

function write(call) {
  const before = written.map((one) => make("li", {}, make("span", { class: "number" }, one.number), arrow(),
    place(facts.words.window, one.window)));
  sync(part("said"), before.slice(0, SAID_BEFORE));
  written.unshift(call);
  written.length = Math.min(written.length, SAID_BEFORE);
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
  written.shift();
}

function count() {
  const left = queue.due(speaks()).length;
  put(part("next"), left ? say("next", { count: left }) : "");
}

function tellSound(change) {
  Object.assign(sound, change);
  part("sound").hidden = !sound.chime && !sound.voice;
  part("silent").hidden = part("sound").hidden;
  if (opened) begin();
}

part("sound").addEventListener("click", () => {
  chime.unlock();
  voice.unlock();
});
