// The list of what to bring on paper: out of the hall's printer where this kiosk has one, else out of the browser's.
import { icon, make } from "../shared/page.js";
import { press } from "../shared/press.js";
import { printNodes, prints } from "./slip.js";

const LANGUAGE = document.documentElement.lang.replace("-", "_");
const STATES = { printed: "printed", unsure: "trouble", dropped: "trouble" };

/**
 * A place for the button and a line that tells how it goes; empty where nothing prints. The kiosk may learn of its
 * printer after the page was drawn. `paper` draws the list for the browser.
 */
export function listOnPaper(desk, service, paper) {
  const place = make("div", { class: "list-on-paper" });
  let drawn = null;
  const draw = () => {
    const by = desk.printer?.own ? "hall" : prints() ? "browser" : "none";
    if (by !== drawn) place.replaceChildren(...BY[by](desk, service, paper));
    drawn = by;
  };
  draw();
  desk.addEventListener("printer", draw);
  return { place, leave: () => desk.removeEventListener("printer", draw) };
}

const BY = {
  none: () => [],
  browser: (desk, _service, paper) => [button(desk, () => printNodes(paper()))],
  hall: (desk, service) => {
    const line = make("p", { class: "list-said", role: "status" });
    const asking = button(desk, async () => {
      asking.disabled = true;
      tell(desk, line, { state: "waiting" });
      await ask(desk, service, line);
      asking.disabled = false;
    });
    return [asking, line];
  },
};

function button(desk, onclick) {
  return make("button", { class: "button", type: "button", onclick }, icon("print"), make("span", {}, desk.say("print_list")));
}

async function ask(desk, service, line) {
  try {
    const job = await press(`/api/v1/services/${encodeURIComponent(service.id)}/print`, { language: LANGUAGE });
    desk.printer.lists.set(job.job, (told) => tell(desk, line, { ...job, ...told }));
    tell(desk, line, { ...job, ...desk.printer.early.get(job.job) });
  } catch (refusal) {
    tell(desk, line, { state: "dropped", refusal: refusal.problem?.detail });
  }
}

function tell(desk, line, job) {
  line.dataset.state = STATES[job.state] ?? (job.trouble ? "trouble" : "printing");
  line.textContent = job.refusal ?? desk.say(...sentence(job));
}

function sentence({ state, trouble, elsewhere, name }) {
  if (state === "printed") return elsewhere ? ["list_elsewhere", { name }] : ["list_ready"];
  if (state === "unsure") return ["list_unsure"];
  return state === "dropped" || trouble ? ["list_trouble"] : ["list_printing"];
}
