// Pictures and videos: sent in pieces, listed, put into a board's playlist in their order.
import { icon, make } from "../shared/page.js";
import { freshKey } from "../shared/press.js";
import { ask, find, look, say } from "./desk.js";

const MB = 1024 * 1024;
const TRIES = 6;
const PAUSE = 1500;
let media = [];
let playlist = [];
let changed = () => {};
let renewed = () => {};

export function startMedia(tell, renew) {
  [changed, renewed] = [tell, renew];
  find("files").addEventListener("change", async () => {
    const files = [...find("files").files];
    find("files").value = "";
    for (const file of files) await send(file);
  });
}

export const mediaOf = (name) => media.find((each) => each.media === name);
export const playlistOf = () => playlist.map(({ media: name, seconds }) => ({ media: name, seconds }));

export function showMedia(known) {
  media = known.media;
  const used = media.reduce((sum, each) => sum + each.bytes, 0);
  find("media-size").textContent = say("media_size", { used: Math.ceil(used / MB), most: Math.round(known.most_bytes / MB) });
  find("library").replaceChildren(...media.map(entry));
}

export function showPlaylist(slides) {
  playlist = slides.map((slide) => ({ ...slide }));
  draw();
}

function draw() {
  find("no-playlist").hidden = playlist.length > 0;
  find("playlist").replaceChildren(...playlist.map(slideRow));
}

function nameOf(one) {
  const alike = media.filter((each) => each.kind === one.kind);
  return say(`media_${one.kind}`, { n: alike.indexOf(one) + 1 });
}

function thumb(one) {
  if (one.kind === "picture") return make("img", { class: "thumb", src: `/media/${one.media}`, alt: nameOf(one), loading: "lazy" });
  const video = make("video", { class: "thumb", src: `/media/${one.media}#t=0.5`, preload: "metadata", "aria-label": nameOf(one) });
  video.muted = true;
  return video;
}

function entry(one) {
  return make("li", { "data-media-item": one.media }, thumb(one), make("span", {}, one.there ? nameOf(one) : say("media_missing")),
    make("div", { class: "row" },
      worded("media_in", "up", () => { playlist.push({ media: one.media, seconds: 10 }); draw(); changed(); }),
      worded("media_away", "bin", () => takeAway(one))));
}

function slideRow(slide, place) {
  const one = mediaOf(slide.media);
  if (!one) return make("li", {}, say("media_missing"));
  const seconds = make("input", { type: "number", min: 4, max: 300, value: slide.seconds, "aria-label": `${nameOf(one)}: ${say("media_seconds")}` });
  seconds.addEventListener("input", () => { slide.seconds = Math.min(300, Math.max(4, Number(seconds.value) || 10)); });
  return make("li", { "data-slide": slide.media }, thumb(one),
    make("span", { class: "row field" }, nameOf(one), one.kind === "picture" && [seconds, make("span", {}, say("media_seconds"))]),
    make("span", { class: "row" },
      button("media_up", "up", () => move(place, -1), place === 0),
      button("media_down", "down", () => move(place, 1), place === playlist.length - 1),
      worded("media_out", "close", () => { playlist.splice(place, 1); draw(); changed(); })));
}

function button(word, drawing, press, disabled = false) {
  return make("button", { class: "button quiet", type: "button", title: say(word), disabled, onclick: press },
    icon(drawing), make("span", { class: "visually-hidden" }, say(word)));
}

/** What a sign alone doesn't say. */
function worded(word, drawing, press) {
  return make("button", { class: "button quiet", type: "button", onclick: press }, icon(drawing), make("span", {}, say(word)));
}

function move(place, by) {
  const [slide] = playlist.splice(place, 1);
  playlist.splice(place + by, 0, slide);
  draw();
  changed();
}

async function takeAway(one) {
  if (!confirm(say("media_away_sure"))) return;
  const answer = await ask(`/api/v1/media/${one.media}/remove`);
  if (answer) renewed(answer);
}

/* sending */

async function send(file) {
  const line = find("sending").appendChild(make("li"));
  const tell = (word, values) => { line.textContent = say(word, { name: file.name, ...values }); };
  tell("media_sending", { percent: 0 });
  const begun = await ask("/api/v1/media", { bytes: file.size });
  if (!begun) return line.remove();
  const fault = await sendPieces(file, begun, (percent) => tell("media_sending", { percent }));
  if (fault) return tell("media_failed", { why: fault });
  tell("media_sent");
  setTimeout(() => line.remove(), 8000);
  const answer = await look("/api/v1/boards");
  if (!answer) return;
  renewed(answer);
  playlist.push({ media: begun.media, seconds: 10 });
  draw();
  changed();
}

/** Nothing when all of it has come; else why not. */
async function sendPieces(file, { media: name, piece }, tell) {
  for (let at = 0; at < file.size; at += piece) {
    const fault = await sendPiece(`/api/v1/media/${name}/pieces?at=${at}`, file.slice(at, at + piece));
    if (fault) return fault;
    tell(Math.floor((100 * Math.min(at + piece, file.size)) / file.size));
  }
  return null;
}

/** The same piece under the same key until the hall has answered. */
async function sendPiece(path, body) {
  const headers = { "Content-Type": "application/octet-stream", Accept: "application/json", "Idempotency-Key": freshKey() };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await fetch(path, { method: "POST", headers, body }).catch(() => null);
    if (answer?.ok) return null;
    if (answer && answer.status < 500) return (await answer.json()).detail;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  }
  return say("media_no_answer");
}
