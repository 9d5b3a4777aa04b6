import { identityKey, textKey } from '#shared/matching/identity.ts';

/** The key under which a heard album is kept separate (artist key and title key), by today's rule: the key of a key is the key. */
export const rekeyedHeard = (one: string): string => one.split('\n').map(identityKey).join('\n');

/**
 * The snapshot of a merge, with the keys in it as today's rule makes them: those of its rows, beside the names they are of, and lists
 * of keys that it names.
 */
export function rekeyedSnapshot(json: string): string {
  return JSON.stringify(rekeyed(JSON.parse(json)));
}

function rekeyed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rekeyed);
  if (typeof value !== 'object' || value === null) return value;
  const row = Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, KEY_LISTS.has(name) ? keysIn(each) : rekeyed(each)]),
  );
  if ('name_key' in row && typeof row.name === 'string') row.name_key = identityKey(row.name);
  if ('title_key' in row && typeof row.title === 'string') row.title_key = textKey(row.title);
  return row;
}

/** Names of artists' aliases, and of heard albums that are kept separate from others, with or without these. */
const KEY_LISTS = new Set(['aliases', 'apart']);

function keysIn(value: unknown): unknown {
  if (typeof value === 'string') return rekeyedHeard(value);
  return Array.isArray(value) ? value.map(keysIn) : value;
}
