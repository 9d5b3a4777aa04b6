import * as v from 'valibot';
import { readStored } from '$lib/stored.ts';

const STORED = 'aime.searches';
const MAX_RECENT = 6;

/** What was looked for lately on this device, newest first. */
export function recentSearches(): string[] {
  try {
    return (readStored(v.array(v.string()), localStorage.getItem(STORED)) ?? []).slice(0, MAX_RECENT);
  } catch {
    return [];
  }
}

export function rememberSearch(query: string): void {
  const trimmed = query.trim();
  if (trimmed.length < 2) return;
  keep([trimmed, ...recentSearches().filter((item) => item !== trimmed)].slice(0, MAX_RECENT));
}

export const forgetSearches = (): void => keep([]);

function keep(searches: readonly string[]): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(searches));
  } catch {
    // A private window may refuse storage: nothing is remembered then.
  }
}
