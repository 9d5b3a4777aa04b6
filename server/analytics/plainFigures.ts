/** Ids of artists and albums, which documents hold as text and REST as whole numbers. */
const ID_KEYS = new Set(['artistId', 'albumId', 'otherPressings']);
/** Places in the journal's columns mean nothing outside the process. */
const INNER_KEYS = new Set(['rows']);

type IdKey = 'artistId' | 'albumId' | 'otherPressings';
type PlainIds<T> = T extends readonly (infer I)[] ? PlainIds<I>[] : T extends string ? number : T;
/** Figures as REST answers them. What a type calls a number is null where it has no end. */
export type PlainFigures<T> = T extends readonly (infer I)[]
  ? PlainFigures<I>[]
  : T extends object
    ? { [K in keyof T as K extends 'rows' ? never : K]: K extends IdKey ? PlainIds<T[K]> : PlainFigures<T[K]> }
    : T;

/** Figures as REST answers them: ids as whole numbers, null for what has no end, nothing of how they are reckoned. */
export const plainFigures = <T>(figures: T): PlainFigures<T> => plain(figures) as PlainFigures<T>;

function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([key]) => !INNER_KEYS.has(key));
  return Object.fromEntries(members.map(([key, member]) => [key, ID_KEYS.has(key) ? plainIds(member) : plain(member)]));
}

function plainIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainIds);
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}
