// Finding a service or a window by what a clerk types: its code, any part of its names, first letters of its pinyin.

/** Those that hold every typed word, the exact code first, then what begins with it; all when nothing is typed. */
export function matching(items, typed) {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return items;
  const hits = items.filter((item) => words.every((word) => item.find.includes(word)));
  return hits.map((item, place) => [rank(item.find, words[0]), place, item])
    .sort(([one, first], [other, second]) => one - other || first - second)
    .map(([, , item]) => item);
}

function rank(text, word) {
  const words = text.split(" ");
  if (words[0] === word) return 0;
  return words.some((each) => each.startsWith(word)) ? 1 : 2;
}
