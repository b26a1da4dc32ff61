// The hall's printer that prints for this kiosk: what becomes of the slip of the number on the screen.
import { icon, make } from "../shared/page.js";
import { press } from "../shared/press.js";

const ENDED = new Set(["printed", "unsure", "dropped"]);
const FEW = 20;
const ICONS = { printing: "print", printed: "check" };

export class Printer {
  constructor(desk) {
    Object.assign(this, { desk, own: null, slip: null, show: () => {}, lists: new Map(), early: new Map() });
  }

  /** Asked whenever the kiosk joins: the printer may be another one, or none. */
  async look() {
    const answer = await fetch("/api/v1/printer", { headers: { Accept: "application/json" } });
    if (answer.ok) this.changed((await answer.json()).printer);
  }

  /** How it is now. */
  changed(told) {
    this.own = told && { ...this.own, ...told };
    this.show();
    this.desk.tell("printer");
  }

  /** What became of a slip. */
  heard(slip) {
    if (slip.what === "list") return this.heardOfList(slip);
    if (slip.ticket !== this.slip?.ticket) return;
    Object.assign(this.slip, slip);
    this.show();
  }

  /** A list may be printed before the answer to the press that asked for it arrives. */
  heardOfList(list) {
    this.early.set(list.job, list);
    this.lists.get(list.job)?.(list);
    for (const known of [this.early, this.lists]) if (known.size > FEW) known.delete(known.keys().next().value);
  }

  /** Once for a number, also when the page is loaded again; `again` is one slip more. */
  async print({ ticket }, again = false) {
    if (!again && this.slip?.ticket === ticket.ticket) return;
    this.slip = { ticket: ticket.ticket, number: ticket.number, state: "waiting", again };
    this.show();
    const key = again ? undefined : `slip-${ticket.ticket}`;
    try {
      Object.assign(this.slip, await press(`/api/v1/tickets/${ticket.ticket}/print`, { again }, key && { key }));
    } catch (refusal) {
      Object.assign(this.slip, { state: "dropped", refusal: refusal.problem?.detail ?? null });
    }
    this.show();
  }
}

/**
 * The view of a number with a line below it that tells of its slip, where the hall has a printer for this kiosk;
 * a page that was loaded anew, as for another language, learns of its printer a little later.
 */
export function onPaper(desk, answer, view) {
  const { printer } = desk;
  if (!printer || answer.reserve) return view;
  const line = make("section", { class: "paper", role: "status", "data-paper": true });
  printer.show = () => {
    if (!printer.own) return;
    if (!line.parentNode) view.nodes.at(-1).prepend(line);
    line.replaceChildren(...lineOf(desk, printer, answer));
    printer.print(answer);
  };
  printer.show();
  return {
    ...view,
    leave() {
      printer.show = () => {};
      view.leave();
    },
  };
}

/** Before anybody takes a number: that there will be no slip here just now, that paper runs low, or nothing. */
export function paperNotice(desk) {
  const own = desk.printer?.own;
  if (!desk.live || !own || own.elsewhere) return null;
  if (own.state === "paper_low") return desk.say("low_paper");
  const trouble = stopped(own);
  return trouble ? desk.say(trouble === "paper_out" ? "no_paper" : "no_slips") : null;
}

function lineOf(desk, printer, answer) {
  const { slip } = printer;
  if (!slip) return [];
  const [key, values, state] = told(slip, printer);
  const words = make("p", {}, icon(ICONS[state] ?? "info"), make("span", {}, slip.refusal ?? desk.say(key, { number: slip.number, ...values })));
  words.dataset.state = state;
  if (!ENDED.has(slip.state)) return [words];
  return [words, make("button", { class: "button", type: "button", onclick: () => printer.print(answer, true) }, icon("print"), make("span", {}, desk.say("print_again")))];
}

/** Which sentence says how it stands: [key, values, state]. */
function told(slip, { own }) {
  const trouble = slip.state === "waiting" && (slip.printer && slip.printer !== own.printer ? slip.trouble : stopped(own));
  if (slip.state === "dropped") return ["slip_dropped", {}, "trouble"];
  if (slip.state === "unsure") return ["slip_unsure", {}, "trouble"];
  if (trouble) return [trouble === "paper_out" ? "slip_no_paper" : "slip_trouble", {}, "trouble"];
  const elsewhere = slip.name && slip.printer !== own.printer;
  if (slip.state === "printed") return [elsewhere ? "slip_elsewhere" : "slip_ready", { name: slip.name }, "printed"];
  return ["slip_printing", {}, "printing"];
}

function stopped(own) {
  return own.fine || own.state === "starting" ? null : own.state;
}
