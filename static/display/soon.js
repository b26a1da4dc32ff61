/** Who is likely called next in this area, asked for when the lines have changed; nothing where nothing is known. */

const AT_MOST_EVERY = 5000;
const GIVE_UP = 4000;

/** `told` is given the numbers; a board whose area has no such line never asks. */
export function openSoon({ get_ready: most, area }, told) {
  let timer = null;

  async function ask() {
    const of = area ? `?area=${encodeURIComponent(area.id)}` : "";
    const answer = await fetch(`/boards/soon${of}`, { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP) }).catch(() => null);
    told(answer?.ok ? (await answer.json()).numbers : []);
  }

  return {
    /** Soon, and not more often than every few seconds. */
    look() {
      if (!most || timer) return;
      ask().catch(reportError);
      timer = setTimeout(() => { timer = null; }, AT_MOST_EVERY);
    },
  };
}
