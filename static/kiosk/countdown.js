// A ring that empties while a page waits to leave, with the seconds told.

const SVG = "http://www.w3.org/2000/svg";
const ROUND = 2 * Math.PI * 16;

/** {ring, restart(seconds), stop()}: tells each second what is left, then calls `over`. */
export function countdown(seconds, tell, over) {
  const ring = drawn();
  const state = { ring, ends: 0, whole: seconds, timer: null };
  state.stop = () => clearInterval(state.timer);
  state.restart = (again) => start(state, again, tell, over);
  state.restart(seconds);
  return state;
}

function start(state, seconds, tell, over) {
  state.stop();
  state.whole = seconds;
  state.ends = performance.now() + 1000 * seconds;
  const step = () => {
    const left = Math.max(0, Math.ceil((state.ends - performance.now()) / 1000));
    state.ring.lastChild.style.strokeDashoffset = String(ROUND * (1 - left / seconds));
    tell(left);
    if (left > 0) return;
    state.stop();
    over();
  };
  step();
  state.timer = setInterval(step, 1000);
}

function drawn() {
  const ring = document.createElementNS(SVG, "svg");
  ring.setAttribute("viewBox", "0 0 36 36");
  ring.setAttribute("class", "ring");
  ring.setAttribute("aria-hidden", "true");
  ring.append(circle("track"), circle("left"));
  ring.lastChild.style.strokeDasharray = String(ROUND);
  return ring;
}

function circle(name) {
  const node = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ class: name, cx: 18, cy: 18, r: 16 })) node.setAttribute(key, value);
  return node;
}
