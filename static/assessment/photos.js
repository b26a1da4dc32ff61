// Photos beside a fact or an appeal: chosen or taken, made smaller on this device, shown small and large.
import { icon, make } from "../shared/page.js";
import { freshKey } from "../shared/press.js";
import { complain, say } from "./desk.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
export const MOST = 6;

export const pictureOf = (fact, photo) => `/api/v1/facts/${encodeURIComponent(fact)}/evidence/${encodeURIComponent(photo)}`;

/** Small pictures that open large. */
export function thumbs(fact, address = (photo) => pictureOf(fact.id ?? fact.fact, photo)) {
  if (!fact.evidence?.length) return null;
  return make("ul", { class: "thumbs" }, ...fact.evidence.map((photo, at) => {
    const name = say("photo_n", { at: at + 1 });
    return make("li", {}, make("button", { type: "button", onclick: () => showLarge(address(photo), name) },
      make("img", { src: address(photo), alt: name, loading: "lazy" })));
  }));
}

function showLarge(src, name) {
  const box = make("dialog", { class: "dialog photo", "aria-label": name },
    make("img", { src, alt: name }),
    make("form", { method: "dialog" }, make("button", { class: "button", type: "submit" }, icon("close"), say("close"))));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

/** Photos that are chosen but not sent: `fields` are file inputs, `place` where they are shown. */
export class Chosen {
  constructor(fields, place) {
    this.photos = [];
    this.place = place;
    for (const field of fields) {
      field.addEventListener("change", async () => {
        const files = [...field.files];
        field.value = "";
        for (const file of files) await this.add(file);
      });
    }
  }

  async add(file) {
    if (this.photos.length >= MOST) return complain(say("photos_most", { n: MOST }));
    const photo = await smaller(file);
    if (!photo) return complain(say("no_photo", { name: file.name }));
    complain("");
    this.photos.push(photo);
    this.draw();
  }

  clear() {
    this.photos = [];
    this.draw();
  }

  draw() {
    this.place.replaceChildren(...this.photos.map((photo, at) => make("li", {}, photo.canvas,
      make("button", { class: "button quiet", type: "button", "aria-label": say("photo_away", { at: at + 1 }), onclick: () => {
        this.photos.splice(at, 1);
        this.draw();
      } }, icon("close")))));
    this.place.hidden = !this.photos.length;
  }

  get blobs() {
    return this.photos.map(({ blob }) => blob);
  }
}

/** As large as anybody needs it; a camera's picture has many times that. */
async function smaller(file) {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = make("canvas", { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)), role: "img", "aria-label": file.name });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", QUALITY));
  return blob && { blob, canvas };
}

/** Sends one photo; null after a trouble has been said. */
export async function sendPhoto(path, blob, key = freshKey()) {
  try {
    const answer = await fetch(path, { method: "POST", body: blob, headers: { "Content-Type": "application/octet-stream", Accept: "application/json", "Idempotency-Key": key } });
    const told = await answer.json();
    if (answer.ok) return told;
    complain(told.detail);
  } catch {
    complain(say("uncertain"));
  }
  return null;
}
