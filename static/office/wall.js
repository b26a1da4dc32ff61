// The hall as it stands: who waits where, what every window does. Built from the snapshot, moved by events.
import { make, here, waitSentence } from "/static/shared/page.js";
import { data, find, say } from "./desk.js";

const ROWS = 8;
const ALARM_MINUTES = 30;

export class Wall {
  begin(state, hall) {
    this.hall = hall;
    this.begun = true;
    this.windows = new Map(state.windows.map((view) => [view.window, view]));
    this.waiting = new Map(state.waiting.map((ticket) => [ticket.ticket, ticket]));
    this.line = new Map(state.lines.map((line) => [line.service, line]));
    this.draw();
  }

  happened(list) {
    for (const { ticket, window: view } of list) {
      if (view) this.windows.set(view.window, view);
      if (!ticket) continue;
      if (ticket.state === "waiting") this.waiting.set(ticket.ticket, ticket);
      else this.waiting.delete(ticket.ticket);
    }
    this.draw();
  }

  lines(list) {
    for (const line of list) this.line.set(line.service, line);
    this.drawStuck();
  }

  /** Once a second: minutes grow without events. */
  tick() {
    if (this.hall.now().getTime() - (this.drawn ?? 0) > 15000) this.draw();
  }

  draw() {
    this.drawn = this.hall.now().getTime();
    this.drawTiles();
    this.drawStuck();
    find("windows").replaceChildren(...[...this.windows.values()].map((view) => this.card(view)));
  }

  drawTiles() {
    const states = [...this.windows.values()].map((view) => view.state);
    const longest = Math.max(0, ...[...this.waiting.values()].map((ticket) => this.waited(ticket)));
    this.tile("waiting", this.waiting.size);
    this.tile("longest", longest, longest >= ALARM_MINUTES);
    this.tile("open", states.filter((state) => state === "open").length);
    this.tile("paused", states.filter((state) => state === "paused").length);
  }

  tile(name, value, alarm = false) {
    const tile = document.querySelector(`[data-tile="${name}"]`);
    tile.textContent = value;
    tile.parentElement.classList.toggle("alarm", alarm);
  }

  waited(ticket) {
    return Math.floor((this.hall.now() - new Date(ticket.joined_at)) / 60000);
  }

  drawStuck() {
    const byService = new Map();
    for (const ticket of this.waiting.values()) {
      const row = byService.get(ticket.service) ?? { service: ticket.service, waiting: 0, longest: 0 };
      row.waiting += 1;
      row.longest = Math.max(row.longest, this.waited(ticket));
      byService.set(ticket.service, row);
    }
    const rows = [...byService.values()].sort((a, b) => b.longest - a.longest || b.waiting - a.waiting).slice(0, ROWS);
    find("stuck").replaceChildren(...(rows.length ? rows.map((row) => this.stuckRow(row)) : [nobody()]));
  }

  stuckRow(row) {
    const service = data.services[row.service];
    const line = this.line.get(row.service);
    return make("tr", {},
      make("td", {}, service.name, " ", make("span", { class: "soft" }, service.department)),
      make("td", { class: "figure" }, String(row.waiting)),
      make("td", { class: "figure" }, String(row.longest)),
      make("td", { class: "figure" }, line ? say(...waitSentence(line.low, line.high)) : ""));
  }

  card(view) {
    return make("li", { class: "card", "data-state": view.state, "data-window": view.window },
      make("b", { class: "id number" }, view.window),
      make("span", { class: "name", title: data.windows[view.window].name }, data.windows[view.window].name),
      make("span", { class: "now" }, ...this.doing(view)));
  }

  doing(view) {
    if (view.state === "closed") return [make("span", { class: "tag" }, say("closed"))];
    const clerk = make("span", { class: "soft" }, here(view.clerk?.name));
    if (view.state === "paused") return [make("span", { class: "tag caution" }, data.pauses[view.pause_reason] ?? say("paused")), clerk];
    if (!view.ticket) return [make("span", { class: "tag good" }, say("free")), clerk];
    return [make("b", { class: "number" }, view.number), make("span", { class: "tag deep" }, say(view.ticket_state)), clerk];
  }
}

function nobody() {
  return make("tr", {}, make("td", { colspan: 4, class: "soft" }, say("nobody")));
}
