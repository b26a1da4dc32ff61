// What the kiosk knows: the catalogue, how each line is doing, and whether the hall is there.

const MOST_SUGGESTED = 8;
const MOST_OUTSIDE = 5;

export class Desk extends EventTarget {
  constructor(data, say) {
    super();
    this.data = data;
    this.say = say;
    this.lines = new Map();
    this.live = null;
    this.typed = "";
    this.outside = [];
    this.services = new Map(data.services.map((service) => [service.id, service]));
    this.departments = new Map(data.departments.map((department) => [department.id, department]));
    this.areas = new Map(data.areas.map((area) => [area.id, area.name]));
    this.suggested = suggested(data.services);
    this.byDepartment = grouped(data.services);
  }

  /** The whole truth about the lines. */
  startWith(lines, speed = 1) {
    this.lines.clear();
    this.live = true;
    this.problem = null;
    Object.assign(this.reserve, { speed, cutOff: false });
    this.learn(lines);
    this.tell("live");
  }

  learn(lines) {
    for (const line of lines) this.lines.set(line.service, line);
    this.tell("lines");
  }

  setLive(isLive, age = null) {
    if (isLive !== this.live) {
      this.live = isLive;
      this.tell("live");
      this.tell("lines");
    }
    this.reserve.hear(isLive, age);
  }

  /** Handed out here without the hall, which then wouldn't have it: the same slip was given to somebody else. */
  notInLine(number) {
    this.outside = [...this.outside, number].slice(-MOST_OUTSIDE);
    this.tell("lines");
  }

  turnedAway(problem) {
    this.problem = problem;
    this.setLive(false);
  }

  tell(what) {
    this.dispatchEvent(new Event(what));
  }

  now() {
    return this.hall?.now() ?? new Date();
  }

  /** The line of a service, or null while nothing is known about it. */
  line(id) {
    if (this.live) return this.lines.get(id) ?? null;
    return this.reserve.ready ? this.reserve.line(id) : null;
  }

  /** A number can be taken: from the hall, or from the reserve. */
  get gives() {
    return this.live || this.reserve.ready;
  }

  /** Numbers are given out for it. */
  isOpen(id) {
    return (this.line(id)?.status ?? "open") === "open";
  }

  /** Every service of the department is closed: no use to send anybody there now. */
  isShut(department) {
    return this.byDepartment.get(department).every((service) => !this.isOpen(service.id));
  }

  /** When nothing at all is open: the line that opens first. */
  get firstToOpen() {
    const lines = [...this.lines.values()];
    if (!this.live || !lines.length || lines.some((line) => line.status === "open")) return null;
    const [first] = lines.filter((line) => line.opens_at).sort((one, other) => one.opens_at.localeCompare(other.opens_at));
    return first ?? lines[0];
  }

  /** "Main hall · Windows 3, 4", as the visitor reads it on the signs. */
  place(service) {
    const areas = service.areas.map((id) => this.areas.get(id));
    return [...areas, this.windows(service)].filter(Boolean).join(" · ");
  }

  windows(service) {
    if (!service.windows.length) return "";
    return this.say(service.windows.length === 1 ? "window" : "windows", { windows: runs(service.windows) });
  }
}

/** What is often asked for, else the first ones of the list. */
function suggested(services) {
  const common = services.filter((service) => service.common);
  return (common.length ? common : services).slice(0, MOST_SUGGESTED);
}

function grouped(services) {
  const found = new Map();
  for (const service of services) found.set(service.department, [...(found.get(service.department) ?? []), service]);
  return found;
}

/** ["1", "2", "3", "5"] as "1–3, 5". */
export function runs(windows) {
  const parts = [];
  for (const id of windows) {
    const last = parts.at(-1);
    if (last && Number(id) === Number(last.to) + 1) last.to = id;
    else parts.push({ from: id, to: id });
  }
  return parts.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(", ");
}
