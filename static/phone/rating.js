// The question on the phone: brought when the visit is over, because until then nobody needs it.
import { freshPage } from "./fresh.js";
import "../shared/press.js"; // here already when the answer comes, whatever the line is like then
import { Question } from "../rating/question.js";

/** The question, alive; its markup comes from the server unless the page has it already. */
export async function bringQuestion(section, send) {
  const form = () => section.querySelector("[data-question]");
  if (!form()) section.replaceChildren(...(await freshPage()).querySelector("[data-when=rate]").childNodes);
  return new Question(form(), { send });
}
