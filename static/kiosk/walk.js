// Which view is shown: the address after # says it, so the page may be loaded again in another language.

const TWICE = 500;
const SAME_SPOT = 60;

export class Walk {
  constructor(desk, stage, views) {
    Object.assign(this, { desk, stage, views, depth: 0, leave: null, changed: null });
    addEventListener("hashchange", () => this.show());
    addEventListener("click", (press) => this.notTwice(press), { capture: true });
    addEventListener("keydown", (press) => press.key === "Escape" && !document.querySelector("dialog[open]") && this.back());
  }

  begin() {
    this.show();
  }

  go(...steps) {
    this.depth += 1;
    location.hash = `/${steps.map(encodeURIComponent).join("/")}`;
  }

  back() {
    if (this.depth > 0) {
      this.depth -= 1;
      history.back();
    } else if (this.steps[0]) this.replace();
  }

  /** To the first screen, without a way back to what the last visitor did. */
  home() {
    this.depth = 0;
    Object.assign(this.desk, { typed: "", wish: null });
    for (const visit of ["kiosk.ticket", "kiosk.change"]) sessionStorage.removeItem(visit);
    if (this.steps[0]) this.replace();
    else this.show();
  }

  replace(...steps) {
    location.replace(`#/${steps.map(encodeURIComponent).join("/")}`);
  }

  get steps() {
    return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  }

  show() {
    this.leave?.();
    const [name = "", ...rest] = this.steps;
    const view = (this.views[name] ?? this.views[""])(this.desk, ...rest);
    if (!view) return this.replace();
    this.leave = view.leave ?? null;
    this.stage.replaceChildren(...view.nodes);
    this.stage.dataset.view = name || "home";
    this.desk.dispatchEvent(new Event("lines"));
    this.desk.dispatchEvent(new Event("view"));
    (this.stage.querySelector("[data-first]") ?? this.stage.querySelector("h1"))?.focus({ preventScroll: true });
    this.changed = performance.now();
  }

  /** A hasty second tap on the same spot belongs to the view before, not to what now lies under the finger. */
  notTwice(press) {
    const sincePress = performance.now() - (this.pressed?.at ?? -TWICE);
    const near = this.pressed && Math.hypot(press.clientX - this.pressed.x, press.clientY - this.pressed.y) < SAME_SPOT;
    const byHand = press.detail > 0;
    if (byHand && near && sincePress < TWICE && this.changed > this.pressed.at) {
      press.preventDefault();
      press.stopPropagation();
    } else if (byHand) this.pressed = { x: press.clientX, y: press.clientY, at: performance.now() };
  }
}
