// Keeps a part of a page fresh: asks for the page again and puts the part in place of the old one.
// A page that gets no answer says since when, in plain sight.

/**
 * keepFresh({part, seconds, stale, seen}): `part` and the page's [data-at] are replaced each `seconds`; [data-live]
 * says stale(time) while nothing is heard; seen() is called after every fresh part. Answers with a function that
 * asks at once.
 */
export function keepFresh({ part, seconds, stale, seen = () => {} }) {
  let asking = false;
  const again = async () => {
    if (asking || document.hidden) return;
    asking = true;
    await renew(part, stale, seen);
    asking = false;
  };
  setInterval(again, seconds * 1000);
  document.addEventListener("visibilitychange", again);
  return again;
}

async function renew(part, stale, seen) {
  const page = await fetched();
  if (page === "elsewhere") return location.reload();
  const fresh = page && page.querySelector(part);
  const banner = document.querySelector("[data-live]");
  banner.hidden = Boolean(fresh);
  if (!fresh) {
    banner.querySelector("span").textContent = stale(document.querySelector("[data-at]").textContent);
    return null;
  }
  put(part, fresh);
  put("[data-at]", page.querySelector("[data-at]"));
  return seen();
}

/** The page as it is now; null: no answer; "elsewhere": another page answered, such as the one to sign in at. */
async function fetched() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (answer.redirected) return "elsewhere";
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

/** Whoever works with the keyboard stays where they are. */
function put(part, fresh) {
  const key = document.activeElement?.dataset.key;
  document.querySelector(part).replaceWith(document.adoptNode(fresh));
  if (key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
