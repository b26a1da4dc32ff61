// What every page of the office can do: light or dark, signing out.
import "./themes.js";
import { press } from "./press.js";

document.querySelector("[data-sign-out]").addEventListener("click", async () => {
  await press("/api/v1/session/end");
  location.replace("/login");
});
