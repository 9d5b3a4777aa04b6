/** Ids of artists and albums, which documents hold as text and REST as whole numbers. */
const ID_KEYS = new Set(['artistId', 'albumId', 'otherPressings']);
/** Places in the journal's columns mean nothing outside the process. */
const INNER_KEYS = new Set(['rows']);

/** Figures as REST answers them: ids as whole numbers, null for what has no end, nothing of how they are reckoned. */
export function plainFigures(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plainFigures);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([key]) => !INNER_KEYS.has(key));
  return Object.fromEntries(
    members.map(([key, member]) => [key, ID_KEYS.has(key) ? plainIds(member) : plainFigures(member)]),
  );
}

function plainIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainIds);
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}
