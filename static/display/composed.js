/** What a board shows besides its calls: as the hall keeps it, asked again when it changed, or as the office drafts it. */

const AGAIN_AFTER = 5000;

export function openComposed(facts, apply) {
  let shown = facts.shown;
  let wanted = shown.composed;
  let asking = false;

  async function renew() {
    if (asking) return;
    asking = true;
    const answer = await ask(facts).catch((fault) => console.warn("What the board shows can't be asked:", fault));
    asking = false;
    if (answer) use(answer);
    if (!answer || shown.composed < wanted) setTimeout(renew, AGAIN_AFTER);
  }

  function use(answer) {
    shown = answer;
    apply(shown);
  }

  if (facts.preview) hearTheOffice((draft) => apply({ ...shown, ...draft }));
  apply(shown);
  return {
    /** The hall's number of the present state: another one than ours is news. */
    told(number) {
      if (facts.preview || number === undefined || number === shown.composed) return;
      wanted = number;
      renew();
    },
    /** Opening hours and the month's best windows are another day's. */
    newDay: () => facts.preview || renew(),
  };
}

async function ask({ area, language }) {
  const query = new URLSearchParams({ lang: language, ...(area && { area: area.id }) });
  const answer = await fetch(`/boards/shown?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
  return answer.json();
}

/** The page that frames this one is the office's: nobody else is let by the hall's own headers. */
function hearTheOffice(take) {
  addEventListener("message", ({ origin, source, data }) => {
    if (origin === location.origin && source === parent && data?.draft) take(data.draft);
  });
  parent.postMessage({ ready: true }, location.origin);
}
