// Many entries from a file: looked at line by line before anything is entered.
import { freshKey } from "../shared/press.js";
import { listAddress } from "./api.js";
import { complain, dayText, find, make, nameOf, plain, say } from "./desk.js";

const LARGEST = 2 * 1024 * 1024;
const MEDIA = "text/csv";
let chosen = null;
let again = () => {};

export function startImport(load) {
  again = load;
  find("table").addEventListener("change", async () => {
    [chosen] = find("table").files;
    find("table").value = "";
    if (!chosen) return;
    if (chosen.size > LARGEST) return complain(say("import_too_large"));
    show(await send(false));
  });
}

/** The hall's answer to the file; null after a trouble has been said. */
async function send(keep) {
  try {
    const headers = { "Content-Type": MEDIA, Accept: "application/json", "Idempotency-Key": freshKey() };
    const answer = await fetch(listAddress(keep), { method: "POST", body: chosen, headers });
    const told = await answer.json();
    complain(answer.ok ? "" : told.detail);
    return answer.ok ? told : null;
  } catch {
    complain(say("uncertain"));
    return null;
  }
}

function show(told) {
  const place = find("import");
  if (!told) return place.replaceChildren();
  place.replaceChildren(make("div", { class: "stack" },
    make("p", {}, ...counts(told).flatMap((words) => [words, " "])),
    told.wrong.length > 0 && make("ul", { class: "wrong-lines" }, ...told.wrong.map(({ line, detail }) => make("li", {}, make("b", {}, say("import_line", { n: line })), " ", detail))),
    told.facts.length > 0 && table(told.facts),
    told.new > 0 && !told.wrong_lines && make("button", { class: "button primary", type: "button", "data-import-now": true, onclick: keep }, say("import_enter", { n: told.new }))));
}

function counts(told) {
  if (!told.lines) return [say("import_empty")];
  return [
    told.wrong_lines ? say("import_faults", { n: told.wrong_lines }) : told.new ? say("import_count", { n: told.new }) : "",
    told.known ? say("import_known", { n: told.known }) : "",
  ].filter(Boolean);
}

function table(facts) {
  return make("div", { class: "scroll" }, make("table", { class: "table tight" },
    make("tbody", {}, ...facts.map((fact) => make("tr", {},
      make("td", {}, dayText(fact.day)),
      make("td", {}, [fact.window && nameOf("window", fact.window), fact.clerk && nameOf("clerk", fact.clerk)].filter(Boolean).join(" · ")),
      make("td", {}, fact.kind === "item" ? fact.item : say(`kind_${fact.kind}`)),
      make("td", { class: "figure" }, plain(fact.times)),
      make("td", {}, fact.note))))));
}

async function keep(event) {
  event.currentTarget.disabled = true;
  const told = await send(true);
  if (!told) return;
  find("import").replaceChildren(make("p", { class: "notice good" }, say("import_done", { n: told.kept })));
  await again();
}
