// Signs a person in and opens the page that they were going to, or the one where their work begins.
import "../shared/themes.js";
import { complain, data, goTo, onSubmit, signOutButton } from "./doors.js";

const form = document.querySelector("[data-sign-in]");

onSubmit(
  form,
  "/api/v1/session",
  ({ name, password }) => {
    const empty = [...form.elements].find((field) => field.required && !field.value.trim());
    empty?.focus();
    return empty ? null : { name: name.trim(), password };
  },
  ({ staff }) => {
    const page = data.next || data.start[staff.role] || data.else;
    goTo(staff.must_change_password ? `/password?next=${encodeURIComponent(page)}` : page);
  },
);

form.addEventListener("input", () => complain());
signOutButton();
