// Turns this browser into the screen that the code stands for, then opens it.
import "../shared/themes.js";
import { complain, data, goTo, onSubmit } from "./doors.js";

const form = document.querySelector("[data-pair]");

onSubmit(
  form,
  "/api/v1/devices/pair",
  ({ code }) => (code.trim() ? { code } : null),
  ({ device, opens }) => goTo(data.next.startsWith(`/${device.kind}`) ? data.next : opens),
);

form.addEventListener("input", () => complain());
