// Hands that tremble, hold or hesitate: a finger that comes down on a button and leaves near by has pressed it.

/** Further than this a finger has drawn, not trembled. */
const TREMBLE = 48;
/** The browser's own click, when there is one, has come by then. */
const OWN_CLICK = 60;
const PRESSABLE = "button, a[href], label";

/** The browser drops a press that slips a little; a page that calls this takes it, once. */
export function forgiveHands() {
  let down = null;
  addEventListener("contextmenu", (menu) => menu.preventDefault());
  addEventListener("touchstart", (touch) => { down = begun(touch); }, { passive: true, capture: true });
  addEventListener("click", () => { if (down) down.clicked = true; }, { capture: true });
  addEventListener("touchend", (touch) => lifted(down, touch), { passive: true, capture: true });
}

function begun({ touches, target }) {
  if (touches.length !== 1) return null;
  const [{ clientX: x, clientY: y }] = touches;
  return { x, y, button: target.closest(PRESSABLE), clicked: false };
}

function lifted(down, { changedTouches: [{ clientX, clientY }] }) {
  if (!down?.button || Math.hypot(clientX - down.x, clientY - down.y) > TREMBLE) return;
  const at = { clientX: down.x, clientY: down.y, detail: 1, bubbles: true, cancelable: true };
  const still = () => !down.clicked && down.button.isConnected && !down.button.disabled;
  setTimeout(() => still() && down.button.dispatchEvent(new MouseEvent("click", at)), OWN_CLICK);
}
