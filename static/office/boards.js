// What each board shows: chosen in a form, seen at once in the board itself beside it, told to all boards when it is saved.
import { make } from "../shared/page.js";
import { ask, data, find, look, say } from "./desk.js";
import { linesOf, showLines, startLines } from "./board_lines.js";
import { mediaOf, playlistOf, showMedia, showPlaylist, startMedia } from "./board_media.js";

const NAMES = ["layout", "panel_seconds", "look", "size"];
let known = null;
let changed = false;
let frame = null;

export function startBoards() {
  if (!find("board-form")) return;
  document.querySelector('[data-part="boards"]').addEventListener("click", () => known || begin());
  if (location.hash === "#boards") begin();
  const form = find("board-form");
  form.addEventListener("input", draft);
  form.addEventListener("submit", save);
  find("boards-again").addEventListener("click", begin);
  find("board-reset").addEventListener("click", reset);
  find("board-again").addEventListener("click", again);
  find("board-list").addEventListener("change", choose);
  startLines(draft);
  startMedia(draft, renewMedia);
  for (const button of document.querySelectorAll("[data-shape]")) if (button.matches("button")) button.addEventListener("click", () => shape(button));
  addEventListener("message", ({ origin, source, data: said }) => {
    if (origin === location.origin && source === frame?.contentWindow && said?.ready) show();
  });
  addEventListener("beforeunload", (event) => changed && event.preventDefault());
}

/** Nothing is offered before it is known what there is. */
async function begin() {
  find("boards-wait").hidden = false;
  find("boards-fault").hidden = true;
  known = await look("/api/v1/boards");
  find("boards-wait").hidden = true;
  find("boards-fault").hidden = Boolean(known);
  find("composer").hidden = !known;
  if (!known) return;
  list("hall");
  open("hall");
}

function list(selected) {
  find("board-list").replaceChildren(...known.boards.map(({ board }) => make("option", { value: board, selected: board === selected }, nameOf(board))));
  find("board-list").value = selected;
}

function nameOf(board) {
  const { place, composition } = theBoard(board);
  const where = data.areas.find((area) => area.area === place)?.name ?? say("whole_hall");
  const kind = board.split(":")[0];
  const name = say(`board_${kind}`, { place: where, device: board.split(":")[1] });
  const how = composition ? "board_own" : kind === "hall" ? "board_usual" : "board_as_hall";
  return `${name} (${say(how)})`;
}

const theBoard = (board) => known.boards.find((each) => each.board === board);

/** Nothing chosen yet: what it shows at present is where one begins. */
function presentOf(board) {
  const own = theBoard(board);
  const area = own.place && theBoard(`area:${own.place}`);
  return own.composition ?? area?.composition ?? theBoard("hall").composition ?? known.usual;
}

function choose() {
  const wanted = find("board-list").value;
  if (changed && !confirm(say("board_leave"))) find("board-list").value = find("board-form").dataset.board;
  else open(wanted);
}

function open(board) {
  const form = find("board-form");
  const shown = presentOf(board);
  form.dataset.board = board;
  form.dataset.composed = theBoard(board).composed;
  find("board-again").hidden = true;
  for (const name of NAMES) form.elements[name].value = shown[name];
  for (const box of form.querySelectorAll("[name=panel]")) box.checked = shown.panels.includes(box.value);
  form.elements.ticker.checked = shown.ticker;
  form.elements.night.checked = shown.night;
  find("board-reset").hidden = !theBoard(board).composition;
  showLines("notices", shown.notices);
  showLines("promises", shown.promises);
  showMedia(known);
  showPlaylist(shown.playlist);
  settle("", "");
  openPreview(theBoard(board).place);
  offer();
}

function renewMedia(answer) {
  known = answer;
  showMedia(known);
}

function composition() {
  const form = find("board-form");
  const panels = [...form.querySelectorAll("[name=panel]:checked")].map((box) => box.value);
  return {
    layout: form.elements.layout.value, panels, panel_seconds: Number(form.elements.panel_seconds.value) || 12,
    ticker: form.elements.ticker.checked, night: form.elements.night.checked,
    look: form.elements.look.value, size: form.elements.size.value,
    notices: linesOf("notices"), promises: linesOf("promises"), playlist: playlistOf(),
  };
}

function draft() {
  changed = true;
  settle("caution", say("board_changed"));
  offer();
  show();
}

/** Only what matters for the chosen layout is asked. */
function offer() {
  const { layout, panels } = composition();
  document.querySelector('[data-for="panels"]').hidden = layout === "calls";
  document.querySelector('[data-for="media"]').hidden = layout !== "media";
  document.querySelector('[data-for="promises"]').hidden = layout === "calls" || !panels.includes("promises");
}

function settle(tone, sentence) {
  find("board-says").dataset.tone = tone;
  find("board-says").textContent = sentence;
  if (tone !== "caution") changed = false;
}

async function save(event) {
  event.preventDefault();
  const wanted = composition();
  if ([...wanted.notices, ...wanted.promises].some((line) => !line.zh)) return settle("caution", say("line_empty"));
  await send(wanted);
}

async function reset() {
  if (confirm(say("board_reset_sure"))) await send(null);
}

async function send(wanted) {
  const { board, composed } = find("board-form").dataset;
  const body = { composition: wanted, seen: Number(composed) };
  const answer = await ask(`/api/v1/boards/${encodeURIComponent(board)}`, body, meanwhile);
  if (!answer) return;
  known = answer;
  list(board);
  open(board);
  settle("good", say("board_saved"));
}

/** Somebody else was quicker: what is written here stays until one wants to see theirs. */
function meanwhile(code) {
  if (code !== "composed_meanwhile") return;
  settle("caution", say("board_meanwhile"));
  find("board-again").hidden = false;
}

async function again() {
  const { board } = find("board-form").dataset;
  const answer = confirm(say("board_again_sure")) && await look("/api/v1/boards");
  if (!answer) return;
  known = answer;
  list(theBoard(board) ? board : "hall");
  open(find("board-list").value);
}

/* the preview */

function openPreview(area) {
  const address = area ? `/boards/preview/${encodeURIComponent(area)}` : "/boards/preview";
  if (frame?.getAttribute("src") === address) return show();
  frame = make("iframe", { src: address, title: say("preview_of") });
  find("preview").replaceChildren(frame);
}

/** In the page's language; what Traditional Chinese is derived from stands for it until it is saved. */
function show() {
  const wanted = composition();
  const here = (lines) => lines.map((line) => (document.documentElement.lang === "en" && line.en ? line.en : line.zh)).filter(Boolean);
  frame?.contentWindow.postMessage({
    draft: { ...wanted, notices: here(wanted.notices), promises: here(wanted.promises), playlist: wanted.playlist.map(slide) },
  }, location.origin);
}

function slide({ media, seconds }) {
  return { src: `/media/${media}`, kind: mediaOf(media)?.kind ?? "picture", seconds };
}

function shape(pressed) {
  for (const button of document.querySelectorAll("button[data-shape]")) button.setAttribute("aria-pressed", String(button === pressed));
  find("preview").dataset.shape = pressed.dataset.shape;
}
