// The month's entries, the newest first: what, whom, by whom, with photos; taken back with a reason.
import { photosOf, takeBack } from "./api.js";
import { data, dayText, find, here, make, momentText, nameOf, person, say, signed } from "./desk.js";
import { factWords, goneWords } from "./lines.js";
import { Chosen, sendPhoto, thumbs } from "./photos.js";

let facts = [];
let schemes = {};
let again = () => {};
let leaving = null;

export function startEntries(load) {
  again = load;
  find("only").addEventListener("change", draw);
  const names = (by, all) => make("optgroup", { label: say(`all_${by}s`) }, ...Object.keys(all).map((id) => make("option", { value: `${by} ${id}` }, nameOf(by, id))));
  find("only").replaceChildren(make("option", { value: "" }, say("everything")), names("window", data.windows), names("clerk", data.clerks));
  const dialog = find("withdrawing");
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") withdraw(); });
}

/** Those that people entered, the newest first; what the queue tells by itself stands in the scores. */
export function showEntries(all, inForce) {
  facts = all;
  schemes = inForce;
  draw();
}

function draw() {
  const [by, id] = find("only").value.split(" ");
  const shown = by ? facts.filter((fact) => fact[by] === id) : facts;
  find("entries").replaceChildren(...shown.map(row));
  find("no-entries").hidden = shown.length > 0;
}

function itemOf(fact) {
  return [schemes.window, schemes.clerk].filter((scheme) => scheme && (!fact.scheme || scheme.id === fact.scheme))
    .map((scheme) => scheme.items.find((item) => item.code === fact.item)).find(Boolean);
}

export function whatOf(fact) {
  if (fact.kind !== "item") return factWords(fact);
  const item = itemOf(fact);
  return [item ? say("of_item", { code: item.code, text: here(item.text) }) : fact.item, factWords(fact)].filter(Boolean).join(" · ");
}

function row(fact) {
  const whom = [fact.window && nameOf("window", fact.window), fact.clerk && nameOf("clerk", fact.clerk)].filter(Boolean).join(" · ");
  const points = fact.points !== null ? signed(fact.points) : itemOf(fact) ? signed(itemOf(fact).points) : "";
  return make("li", { class: `card ${fact.withdrawn ? "is-gone" : ""}`, "data-entry-of": fact.id },
    make("p", { class: "head" }, make("b", { class: "what" }, whatOf(fact)), make("span", { class: "number" }, points)),
    make("p", {}, [dayText(fact.day), whom].join(" · ")),
    fact.note && make("p", { class: "note" }, fact.note),
    thumbs(fact),
    make("div", { class: "entry-foot" }, make("span", { class: "soft" }, say("from_person", { who: person(fact.author), origin: say(`from_${fact.origin}`) }), " · ", momentText(fact.at)),
      fact.withdrawn ? null : buttons(fact)),
    goneWords(fact));
}

/** Ratings are set aside where they are reviewed, and decisions taken back where they were made. */
export const hasItsOwnWay = (fact) => fact.kind === "rated" || ["complaint", "callback"].includes(fact.origin);

/** Who entered it may add photos; somebody else takes it back. */
function buttons(fact) {
  if (!data.may_enter && !data.may_withdraw) return null;
  const own = fact.author === data.me;
  return make("p", { class: "row withdraw" },
    own && photoButton(fact),
    data.may_withdraw && !own && fact.clerk !== data.me && !hasItsOwnWay(fact) && make("button", { class: "button quiet danger", type: "button", onclick: () => askReason(fact) }, say("take_back")));
}

function photoButton(fact) {
  const field = make("input", { class: "visually-hidden", id: `photo-${fact.id}`, type: "file", accept: "image/*" });
  const chosen = new Chosen([field], make("ul", { hidden: true }));
  chosen.draw = async () => {
    for (const blob of chosen.blobs) await sendPhoto(photosOf(fact.id), blob);
    again();
  };
  return [make("label", { class: "button quiet", for: field.id }, say("add_photo")), field];
}

function askReason(fact) {
  leaving = fact;
  find("withdraw-what").textContent = `${dayText(fact.day)} · ${whatOf(fact)}`;
  find("reason").value = "";
  const dialog = find("withdrawing");
  dialog.returnValue = "";
  dialog.showModal();
}

async function withdraw() {
  const answer = await takeBack(leaving.id, find("reason").value);
  if (!answer) return;
  await again();
  document.querySelector(`[data-entry-of="${CSS.escape(leaving.id)}"]`)?.scrollIntoView({ block: "nearest" });
}
