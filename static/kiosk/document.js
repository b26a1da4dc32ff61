// The number of a document: read as people and readers type it, checked before anything is sent.
// The same rule as queueing/identity.py; what is typed stays in this page's memory and is wiped with the view.

const EIGHTEEN = /(?<![0-9])[0-9]{17}[0-9X](?![0-9X])/g;
const OTHER = /^(?=.*[0-9])[0-9A-Z]{5,20}$/;
const CHECKS = "10X98765432";
const FIRST_YEAR = 1900;

export const LENGTHS = { resident: 18, other: 20 };
export const LEAST = { resident: 18, other: 5 };

/** The one number in what was typed, or null; a name, a date and other words beside it are left out. */
export function numberIn(typed, kind, now) {
  const plain = typed.normalize("NFKC").toUpperCase();
  const found = new Set((plain.match(EIGHTEEN) ?? []).filter((number) => isResident(number, now)));
  if (found.size === 1) return [...found][0];
  return kind === "other" && OTHER.test(plain) ? plain : null;
}

export function isResident(number, now) {
  return checkCharacter(number) === number[17] && wasBorn(number.slice(6, 14), now);
}

/** ISO 7064 MOD 11-2: from the first digit on, twice what there was and the next one. */
function checkCharacter(number) {
  let sum = 0;
  for (const digit of number.slice(0, 17)) sum = ((sum + Number(digit)) * 2) % 11;
  return CHECKS[sum];
}

function wasBorn(digits, now) {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  const real = born.getUTCMonth() === month - 1 && born.getUTCDate() === day;
  return real && year >= FIRST_YEAR && born <= new Date(now.getTime() + 86_400_000);
}

/** What belongs into the field: digits, X at the end of a card's number, letters for other documents. */
export function fits(sign, so_far, kind) {
  if (so_far.length >= LENGTHS[kind]) return false;
  if (kind === "other") return /^[0-9A-Z]$/.test(sign);
  return /^[0-9]$/.test(sign) || (sign === "X" && so_far.length === 17);
}
