// Puts the pad's scenes on the screen; what to show is decided in pad.js.

const find = (selector) => document.querySelector(selector);

/** Text into its place; an empty one takes the place away. */
export function fillIn(name, text) {
  const place = find(`[data-fill="${name}"]`);
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

export function showScene(name) {
  for (const scene of document.querySelectorAll("[data-scene]")) scene.hidden = scene.dataset.scene !== name;
  if (name) document.body.dataset.at = name;
  return name;
}

export function drawClerk(clerk, here) {
  fillIn("initial", [...here(clerk.name)][0] ?? "");
  fillIn("clerk", here(clerk.name));
  fillIn("post", here(clerk.post));
  fillIn("promise", here(clerk.promise));
}

/** The sign that the clerk put up, and why. */
export function drawSign(view, pauses, say) {
  const { kind, window } = view.sign ?? { kind: "wait" };
  fillIn("sign", kind === "go_to" ? say("go_to", { window }) : kind === "wait" ? say("please_wait") : "");
  fillIn("reason", pauses[view.pause_reason] ?? "");
}

/** The code of the page on which whoever rated sees what becomes of it. */
export function drawCode(link) {
  const place = find("[data-code-of-rating]");
  const picture = place.querySelector("img");
  place.hidden = !link;
  if (link && picture.getAttribute("src") !== `${link}/qr.svg`) picture.src = `${link}/qr.svg`;
}

/** The quiet line under the question: nobody needs to look at it. */
export function drawLeft(share) {
  find("[data-left]").style.transform = `scaleX(${share.toFixed(3)})`;
}
