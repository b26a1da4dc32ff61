// Where the hall's API keeps what these pages show: every address in one place.
import { ask, look } from "./desk.js";
import { isMonth } from "./standing.js";

const at = encodeURIComponent;
const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `?${new URLSearchParams(given)}` : "";
};

/* scores */
export const tableOf = (by, period) => look(isMonth(period) ? `/api/v1/assessments${query({ by, period })}` : `/api/v1/assessments/annual${query({ by, period })}`);
export const scoreAt = (by, subject, period, revision) => look(`/api/v1/assessments/${by}/${at(subject)}${query({ period, revision })}`);
export const effectOf = (by, subject, wish) => look(`/api/v1/assessments/${by}/${at(subject)}/preview${query(wish)}`);
export const schemeOn = (by, day) => look(`/api/v1/schemes/${by}${query({ day })}`, ["no_scheme_in_force"]);

/* entries */
export const entriesOf = (period) => look(`/api/v1/facts${query({ period })}`);
export const enter = (wish) => ask("/api/v1/facts", wish);
export const takeBack = (fact, reason) => ask(`/api/v1/facts/${at(fact)}/withdraw`, { reason });
export const photosOf = (fact) => `/api/v1/facts/${at(fact)}/evidence`;

export const listAddress = (keep) => `/api/v1/facts/import${keep ? "?keep=true" : ""}`;

/* releases */
export const releases = () => look("/api/v1/releases");
export const changesOf = (period) => look(`/api/v1/releases/${period}/changes`, ["not_released"]);
export const verified = (period, revision) => look(`/api/v1/releases/${period}/verified${query({ revision })}`);
export const release = (wish) => ask("/api/v1/releases", wish);

/** What isn't settled of a month, as numbers. */
export async function openThings(period) {
  const [waiting, ratings, complaints] = await Promise.all([appeals("open"), look("/api/v1/bad_ratings"), look("/api/v1/complaints?which=open")]);
  const within = (at) => String(at).startsWith(period);
  return {
    appeals: (waiting?.appeals ?? []).filter((each) => each.period === period).length,
    ratings: (ratings?.cases ?? []).filter((each) => within(each.opened_at)).length,
    complaints: (complaints?.complaints ?? []).filter((each) => within(each.received_at)).length,
  };
}

/* honours */
export const honoursOf = (by, period) => look(`/api/v1/honours${query({ by, period })}`);
export const publish = (wish) => ask("/api/v1/honours", wish);
export const unpublish = (wish) => ask("/api/v1/honours/take_back", wish);

/* appeals */
export const appeals = (state) => look(`/api/v1/appeals${query({ state })}`);
export const decide = (appeal, verdict, reason) => ask(`/api/v1/appeals/${at(appeal)}/decide`, { verdict, reason });
export const factOf = (fact) => look(`/api/v1/facts/${at(fact)}`);

/* a clerk's own */
export const mine = (period) => look(`/api/v1/me/assessment${query({ period })}`);
export const myAppeals = () => look("/api/v1/me/appeals");
export const appeal = (wish, how) => ask("/api/v1/me/appeals", wish, how);
export const appealPhotos = (appeal) => `/api/v1/me/appeals/${at(appeal)}/evidence`;
export const photoOfAppeal = (appeal, photo) => `/api/v1/appeals/${at(appeal)}/evidence/${at(photo)}`;
