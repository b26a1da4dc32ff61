// The line of line.js over the library's socket: what every screen but the phone opens (wire.js says why).
import { CONNECT_WITHIN, openLine } from "./line.js";
import { io } from "../vendor/socket.io.esm.min.js";

export { SILENT_AFTER } from "./line.js";

export const openHall = (place, handlers, connect = websocket) => openLine(place, handlers, connect);

/** A websocket to the page's own hall, tried again after 250 ms to 1 s for ever; polling only where the hall offers it. */
function websocket() {
  const polling = "polling" in document.documentElement.dataset;
  return io({
    transports: polling ? ["websocket", "polling"] : ["websocket"], tryAllTransports: polling,
    forceNew: true, timeout: CONNECT_WITHIN,
    reconnectionDelay: 250, reconnectionDelayMax: 1000, randomizationFactor: 0.3,
  });
}
