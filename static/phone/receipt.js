// Who was called before this ticket though they joined later: asked for when somebody wants to read it, again while it is open.
import { make } from "../shared/page.js";

const AGAIN = 15_000;
let latest = 0;

export async function showReceipt(part, token, say) {
  const mine = ++latest;
  const list = part.querySelector("[data-receipt-list]");
  const rows = await lines(token, say);
  if (mine !== latest) return;
  const told = rows.map(([first, second]) => make("li", {}, make("strong", {}, first), second ? ` ${second}` : null));
  if (list.textContent !== told.map((row) => row.textContent).join("")) list.replaceChildren(...told);
  setTimeout(() => mine === latest && part.open && part.isConnected && showReceipt(part, token, say), AGAIN);
}

async function lines(token, say) {
  const answer = await fetch(`/api/v1/t/${token}/receipt`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return [[say("receipt_failed")]];
  const { overtakings, more } = await answer.json();
  if (!overtakings.length) return [[say("nobody_before")]];
  const rows = overtakings.map((each) => [joined(each, say), say(`rule_${each.rule}`)]);
  return more ? [...rows, [say("receipt_more")]] : rows;
}

function joined({ number, minutes }, say) {
  const key = minutes < 1 ? "joined_at_once" : minutes === 1 ? "joined_one" : "joined_later";
  return say(key, { number, minutes });
}
