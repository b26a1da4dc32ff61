// The line of line.js over the library's socket: what every screen but the phone opens (wire.js says why).
import { CONNECT_WITHIN, openLine } from "./line.js";
import { io } from "../vendor/socket.io.esm.min.js";

export { SILENT_AFTER } from "./line.js";

export const openHall = (place, handlers, connect = websocket) => openLine(place, handlers, connect);

/** A websocket to the page's own hall, tried again after 250 ms to 1 s for ever. */
function websocket() {
  return io({
    transports: ["websocket"], forceNew: true, timeout: CONNECT_WITHIN,
    reconnectionDelay: 250, reconnectionDelayMax: 1000, randomizationFactor: 0.3,
  });
}
