import { Address, type Wrong } from '../../../../../lib/address.ts';

const DAY = 86_400_000;

/** The year that `/analytics/year/2026` asks for, and what cannot be of it: also one that is still to come wherever one is. @param now milliseconds since the epoch. */
export function yearAddress(text: string, now: number): { year: number | undefined; wrong: readonly Wrong[] } {
  const address = new Address(new URLSearchParams({ year: text }));
  return { year: address.whole('year', 1900, new Date(now + DAY).getUTCFullYear()), wrong: address.wrong };
}
