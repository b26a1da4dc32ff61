// The office's view of sound: how each area calls, a call to try, and the hall's own recordings.
import { icon, make, pageData, words } from "../shared/page.js";
import { freshKey, press } from "../shared/press.js";

const data = pageData();
const say = words(data);
const find = (name) => document.querySelector(`[data-${name}]`);
const LARGEST = 24 * 1024 * 1024;
const TAGS = { clips: "good", synthetic: "deep" };
const player = new Audio();

load();

async function load() {
  const state = await answered(fetch("/api/v1/voice", { headers: { Accept: "application/json" } }));
  if (!state) return;
  find("areas").replaceChildren(...state.areas.map((area) => areaCard(area, state.languages)));
  const voices = state.languages.map((each) => [each, usersOf(each.language, state.areas)]);
  voices.sort(([, one], [, other]) => other.length - one.length);
  find("voices").replaceChildren(...voices.map(([each, users]) => voiceCard(each, users)));
}

const usersOf = (language, areas) => areas.filter(({ languages }) => languages.includes(language)).map(({ area }) => data.areas[area]);

/* areas: languages in order, and a call to try */

function areaCard({ area, languages, windows }, states) {
  const form = find("trying").content.cloneNode(true).querySelector("form");
  const [number, window] = [form.querySelector("input"), form.querySelector("select")];
  link(number, `number-${area}`);
  link(window, `window-${area}`);
  window.replaceChildren(...windows.map((each) => make("option", { value: each }, each)));
  const caption = make("p", { class: "caption", role: "status" });
  form.append(...languages.map((language, at) => playButton(language, at, () => {
    number.value = number.value.toUpperCase();
    if (form.reportValidity()) play({ area, language, number: number.value, window: window.value }, caption);
  })));
  form.addEventListener("submit", (event) => event.preventDefault());
  const known = languages.map((language) => stateTag(states.find((each) => each.language === language)));
  return make("section", { class: "card stack", "data-area": area },
    make("h3", {}, data.areas[area]), make("ol", { class: "tongues" }, ...known), form, caption);
}

function playButton(language, at, listen) {
  return make("button", { class: at ? "button" : "button primary", type: "button", "data-play": language, onclick: listen },
    icon("sound"), say("play", { language: say(language) }));
}

function stateTag({ language, by }) {
  return make("li", {}, make("b", {}, say(language)), tagOf(by));
}

function tagOf(by) {
  return make("span", { class: `tag ${TAGS[by] ?? "bad"}` }, by ? say(`by_${by}`) : say("silent"));
}

function link(field, id) {
  field.id = id;
  field.previousElementSibling.htmlFor = id;
}

/** What is spoken is written too. */
async function play({ area, language, number, window }, caption) {
  const call = new URLSearchParams({ number, window, language });
  const told = await answered(fetch(`/voice/languages?${new URLSearchParams({ area, number, window })}`));
  if (!told) return;
  caption.lang = language === "yue" ? "zh-HK" : language.replace("_", "-");
  caption.textContent = told.languages.find((each) => each.language === language).example;
  player.src = `/voice/call.wav?${call}`;
  try {
    await player.play();
  } catch (reason) {
    caption.textContent = say("cannot_play", { why: (await problemAt(player.src)) ?? reason.message });
  }
}

async function problemAt(address) {
  const answer = await fetch(address);
  return answer.ok ? null : (await answer.json()).detail;
}

/* voices: what speaks each language, and the recordings */

function voiceCard(state, areas) {
  const { language, by, why, recorded } = state;
  const used = areas.length ? say("used_in", { areas: areas.join(" · ") }) : say("not_used");
  const card = make("section", { class: "card stack", "data-language": language, "aria-labelledby": `t-${language}` },
    make("div", { class: "row spread" }, make("h3", { id: `t-${language}` }, say(language)), areas.length || by === "clips" ? tagOf(by) : null),
    make("p", { class: "soft" }, used),
    why && areas.length ? make("p", { class: "notice bad" }, `${say(`why_${why}`)} ${say("instead")}`) : null,
    progress(recorded, language), clipList(recorded));
  if (data.administrator) card.append(uploadForm(language, recorded), make("div", { role: "status", "data-told": true }));
  return card;
}

function progress({ have, of, damaged }, language) {
  const counted = say("clips_of", { have, of });
  const meaning = have === of ? say("complete", { of }) : have ? say("incomplete") : say("none");
  return make("div", { class: "stack tight" },
    make("div", { class: "row" }, make("progress", { max: of, value: have, "aria-label": `${say(language)}: ${counted}` }), make("b", {}, counted)),
    damaged ? make("p", { class: "notice bad" }, say("damaged")) : make("p", {}, meaning));
}

function clipList({ clips, have, of }) {
  return make("ul", { class: "clips", tabindex: "0", "aria-label": say("clips_of", { have, of }) }, ...clips.map(({ clip, word, there }) => make("li", { "data-clip": clip, "data-there": String(there) },
    there ? icon("check") : make("span", { class: "blank", "aria-hidden": "true" }), make("b", {}, word), make("code", {}, `${clip}.wav`),
    make("span", { class: "visually-hidden" }, say(there ? "there" : "not_there")))));
}

/* uploads: one after the other, each told by its name */

function uploadForm(language, { have }) {
  const form = find("uploading").content.cloneNode(true).querySelector("form");
  link(form.querySelector("input"), `upload-${language}`);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    uploadAll(language, [...form.querySelector("input").files]);
  });
  const remove = form.querySelector("[data-remove]");
  remove.hidden = !have;
  remove.addEventListener("click", () => askToRemove(language));
  return form;
}

async function uploadAll(language, files) {
  const told = [];
  for (const file of files) {
    tell(language, [say("looking", { name: file.name })]);
    told.push(...await upload(language, file));
  }
  await load();
  tell(language, told);
  document.getElementById(`upload-${language}`)?.focus();
}

async function upload(language, file) {
  if (file.size > LARGEST) return [say("larger", { name: file.name })];
  const clip = /\.wav$/i.test(file.name) ? `?${new URLSearchParams({ clip: nameOf(file.name) })}` : "";
  const headers = { "Idempotency-Key": freshKey(), "Content-Type": "application/octet-stream" };
  const answer = await answered(fetch(`/api/v1/voice/packs/${language}${clip}`, { method: "POST", body: file, headers }));
  if (!answer) return [];
  const count = answer.taken.length ? say("taken", { n: answer.taken.length }) : say("nothing_taken");
  return [count, ...answer.refused.map(({ name, why }) => `${name || file.name}: ${say(`not_${why}`)}`)];
}

/** "Letter-a.WAV" is the clip letter-A. */
function nameOf(name) {
  const clip = name.replace(/\.wav$/i, "").toLowerCase();
  return clip.startsWith("letter-") ? `letter-${clip.slice(7).toUpperCase()}` : clip;
}

function tell(language, sentences) {
  const place = document.querySelector(`[data-language="${language}"] [data-told]`);
  place.replaceChildren(make("ul", { class: "told" }, ...sentences.map((each) => make("li", {}, each))));
}

function askToRemove(language) {
  const dialog = find("removing");
  dialog.onclose = () => { if (dialog.returnValue === "yes") remove(language); };
  dialog.returnValue = "";
  dialog.showModal();
}

async function remove(language) {
  try {
    await press(`/api/v1/voice/packs/${language}/remove`);
  } catch (refusal) {
    complain(refusal.problem?.detail ?? say("uncertain"));
    return;
  }
  await load();
  tell(language, [say("removed")]);
}

/* answers */

async function answered(asked) {
  try {
    const answer = await asked;
    const told = await answer.json();
    complain(answer.ok ? "" : told.detail);
    return answer.ok ? told : null;
  } catch {
    complain(say("uncertain"));
    return null;
  }
}

function complain(sentence) {
  find("fault").textContent = sentence;
  find("fault").hidden = !sentence;
}
