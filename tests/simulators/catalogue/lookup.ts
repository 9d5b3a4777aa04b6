import { inventedRecords, recordNamed } from './inventedRecords.ts';
import type { CatalogueRecord } from './record.ts';

/** What a simulated catalogue service knows: these records only, or whatever it is asked for when there are none. */
export type Knowledge = readonly CatalogueRecord[] | 'everything';

/** Names that even a service which knows everything does not find. */
const UNKNOWN = /\bunknown\b|\bunfindable\b/i;

const same = (one: string, other: string) =>
  one.localeCompare(other, 'en', { sensitivity: 'base', ignorePunctuation: true }) === 0;
const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

/** Records whose names fit, the exact ones first. '' fits any name, but not both may be ''. */
export function findRecords(known: Knowledge, { artist, title }: { artist: string; title: string }): CatalogueRecord[] {
  if (artist === '' && title === '') return [];
  if (known === 'everything')
    return UNKNOWN.test(`${artist} ${title}`)
      ? []
      : [recordNamed(artist || inventedRecords(1)[0]!.artist, title || 'Collected Works')];
  const fitting = known.filter((record) => holds(record.artist, artist) && holds(record.title, title));
  const exact = (record: CatalogueRecord) => Number(same(record.artist, artist)) + Number(same(record.title, title));
  return fitting.toSorted((one, other) => exact(other) - exact(one));
}
