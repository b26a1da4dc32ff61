// This very page as the server draws it now, to take a part from: the screen stays, and so does the armed bell.

export async function freshPage() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) throw new Error(`The page came back with status ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The data in such a page. */
export function dataOf(page) {
  return JSON.parse(page.getElementById("page-data").textContent);
}
