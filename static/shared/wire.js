/**
 * The library's socket in small, for the page that a phone fetches over a poor line: the library weighs 40 kB, most of it
 * for ways of connecting that a hall doesn't offer. Here is what line.js asks for, over one websocket: Engine.IO 4 (a
 * digit: 0 open, 2 ping, 3 pong, 4 message) and in its messages Socket.IO 5 (0 connected, 1 gone, 2 event, 3 answer,
 * 4 refused). Tried again after 250 ms to 1 s for ever.
 */
import { CONNECT_WITHIN } from "./line.js";

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 1000;
const NUMBERED = /^(\d*)(\[.*)$/s;

export const wire = () => new Wire(`${location.origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);

class Wire {
  constructor(address) {
    Object.assign(this, { address, hears: new Map(), hearsAll: [], asked: new Map(), questions: 0, pause: FIRST_PAUSE });
    this.io = this;
    this.connect();
  }

  on(name, hear) {
    this.hears.set(name, hear);
  }

  onAny(hear) {
    this.hearsAll.push(hear);
  }

  /** It connects again by itself. */
  get active() {
    return this.wanted;
  }

  connect() {
    clearTimeout(this.again);
    if (this.socket) return;
    const socket = new WebSocket(this.address);
    Object.assign(this, { wanted: true, connected: false, socket });
    socket.onmessage = ({ data }) => socket === this.socket && this.heard(data);
    socket.onclose = () => this.broken(socket, "transport close");
    this.patience = setTimeout(() => this.broken(socket, "timeout"), CONNECT_WITHIN);
  }

  disconnect() {
    this.wanted = false;
    clearTimeout(this.again);
    if (this.connected) this.send("41");
    this.broken(this.socket, "io client disconnect");
  }

  /** timeout(2000).emit("join", wish, (late, answer) => …) */
  timeout(patience) {
    return { emit: (...question) => this.ask(patience, question.pop(), question) };
  }

  ask(patience, tell, question) {
    const number = this.questions++;
    const late = setTimeout(() => this.asked.delete(number) && tell(new Error("no answer")), patience);
    this.asked.set(number, (answer) => {
      clearTimeout(late);
      tell(null, answer);
    });
    if (this.connected) this.send(`42${number}${JSON.stringify(question)}`);
  }

  send(packet) {
    this.socket.send(packet);
  }

  heard(packet) {
    if (packet[0] === "0") this.send("40");
    if (packet[0] === "2") this.send("3");
    if (packet[0] === "1") this.broken(this.socket, "transport close");
    if (packet[0] === "4") this.message(packet[1], packet.slice(2));
  }

  message(kind, rest) {
    if (kind === "0") this.joined();
    else if (kind === "1") this.turnedOut("io server disconnect");
    else if (kind === "4") this.turnedOut("connect_error");
    else this.numbered(kind, ...NUMBERED.exec(rest).slice(1));
  }

  joined() {
    clearTimeout(this.patience);
    Object.assign(this, { connected: true, pause: FIRST_PAUSE });
    this.tell("connect");
  }

  /** The hall hung up: whoever wants to come back says so. */
  turnedOut(reason) {
    this.wanted = false;
    this.broken(this.socket, reason);
  }

  numbered(kind, number, json) {
    const [first, ...more] = JSON.parse(json);
    if (kind === "2") {
      for (const hear of this.hearsAll) hear(first, ...more);
      this.tell(first, ...more);
    } else if (kind === "3") {
      const answered = this.asked.get(Number(number));
      this.asked.delete(Number(number));
      answered?.(first);
    }
  }

  tell(name, ...message) {
    this.hears.get(name)?.(...message);
  }

  broken(socket, reason) {
    if (!socket || socket !== this.socket) return;
    const was = this.connected;
    Object.assign(this, { socket: null, connected: false });
    clearTimeout(this.patience);
    socket.onclose = socket.onmessage = null;
    socket.close();
    if (this.wanted) this.retry();
    this.tell(was ? "disconnect" : "connect_error", reason);
  }

  retry() {
    this.again = setTimeout(() => {
      this.tell("reconnect_attempt");
      this.connect();
    }, this.pause * (0.7 + 0.6 * Math.random()));
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }
}
