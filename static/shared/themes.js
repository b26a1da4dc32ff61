// The button that changes between light and dark, where a page has one; the device remembers it.
import { setLook } from "./page.js";

const wantsDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (wantsDark.matches ? "dark" : "light")) === "dark";

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    setLook("theme", isDark() ? "light" : "dark");
    tell();
  });
  wantsDark.addEventListener("change", tell);
  tell();
}
