// Finding services by what somebody types: pinyin initials, full pinyin, or any part of a name.

/** The services that fit, best first; nothing typed finds nothing. */
export function search(services, typed) {
  const asked = plain(typed);
  if (!asked) return [];
  return services
    .map((service, order) => ({ service, order, rank: rank(service, asked, typed) }))
    .filter((found) => found.rank < Infinity)
    .sort((one, other) => one.rank - other.rank || one.order - other.order)
    .map((found) => found.service);
}

function rank({ name, find }, asked, typed) {
  const names = [name, ...find.names].map(plain);
  const english = find.names.map(initials);
  const tests = [
    () => find.initials.startsWith(asked),
    () => names.some((one) => one.startsWith(asked)) || english.some((one) => one.startsWith(asked)),
    () => find.pinyin.startsWith(asked),
    () => find.initials.includes(asked),
    () => names.some((one) => one.includes(asked)),
    () => asked.length > 2 && (find.pinyin.includes(asked) || inOrder(find.names, typed)),
  ];
  const hit = tests.findIndex((test) => test());
  return hit < 0 ? Infinity : hit;
}

/** Letters, figures and Han characters only, small: what people type counts, not how. */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** "bl" for "Business licence". */
export function initials(name) {
  return name.toLowerCase().split(/[^\p{L}\p{N}]+/u).map((word) => word.charAt(0)).join("");
}

/** Every typed word begins a word of the name. */
function inOrder(names, typed) {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return names.some((name) => {
    const parts = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return asked.every((word) => parts.some((part) => part.startsWith(word)));
  });
}
