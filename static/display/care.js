/** Spares the screen: every few minutes the whole picture moves by a few pixels, so that nothing burns in. */

export const SHIFT_EVERY = 180_000;
const PLACES = 8;

export function careFor(root) {
  let place = 0;
  setInterval(() => {
    place = (place + 1) % PLACES;
    root.dataset.shift = place;
  }, SHIFT_EVERY);
}
