// The clerk's own day. Ratings come from the hall in whole batches only.
import { data, fillIn, say } from "./page_parts.js";

const NOTHING = "–";

export function drawFigures(figures) {
  if (!figures) return;
  fillIn("served", figures.served);
  fillIn("mean-service", minutes(figures.mean_service_minutes));
  fillIn("mean-wait", minutes(figures.mean_wait_minutes));
  fillIn("no-shows", figures.no_shows);
  fillIn("ratings", ratings(figures.ratings));
}

function minutes(value) {
  return value === null || value === undefined ? NOTHING : say("minutes", { minutes: Math.round(value * 10) / 10 });
}

function ratings(released) {
  if (!released?.n) return say("ratings_none", { batch: data.limits.batch });
  return say("ratings", { n: released.n, positive: Math.round(released.positive * 100) });
}
