import * as v from 'valibot';
import { readStored } from '$lib/stored.ts';

const ASKED = 'aime.retentionAsked';
/** A person who puts the question aside is left alone for a week on this device; Settings asks all along. */
const REST = 7 * 86_400_000;

/** Whether the Journal may mention it now (milliseconds since the epoch). */
export function mayAsk(now: number): boolean {
  try {
    const asked = readStored(v.number(), localStorage.getItem(ASKED)) ?? 0;
    return now - asked > REST;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

export function putAside(now: number): void {
  try {
    localStorage.setItem(ASKED, String(now));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
