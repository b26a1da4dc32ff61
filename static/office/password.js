// A password of one's own: typed twice, long enough, then on to where the person was going.
import "../shared/themes.js";
import { complain, data, goTo, onSubmit, say, signOutButton } from "./doors.js";

function checked(fields) {
  if ([...fields.new].length < data.least) return complain(say("short", { least: data.least }));
  if (fields.new !== fields.again) return complain(say("differ"));
  return { old: fields.old, new: fields.new };
}

onSubmit(document.querySelector("[data-new-password]"), "/api/v1/session/password", checked, () => goTo(data.next),
  { password_wrong: say("old_wrong") });
signOutButton();
