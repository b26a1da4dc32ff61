// The class that a guide gives with a number: a box to tick where there is one class, else a list.
export const WALK_IN = "walk_in";

export class ClassChoice {
  constructor(form, name) {
    this.field = form.querySelector(`[name="${name}"]`);
  }

  get value() {
    if (!this.field) return WALK_IN;
    return this.field.type !== "checkbox" || this.field.checked ? this.field.value : WALK_IN;
  }

  clear() {
    if (this.field?.type === "checkbox") this.field.checked = false;
    else if (this.field) this.field.value = WALK_IN;
  }
}
