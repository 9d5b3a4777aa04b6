import fc from 'fast-check';
import { Analysis } from '#shared/analytics/analysis.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import type { Period } from '#shared/analytics/period.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import { ListenSources, type Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { anyLibrary, type SomeLibrary } from './library.ts';

/** What an analysis is made of, in plain objects, for slow and obvious implementations to look at. */
export interface SomeHistory extends SomeLibrary {
  listens: Listen[];
  timeZone: string;
  analysis: Analysis;
}

const at = (iso: string): number => Date.parse(iso) / 1000;
/** Two stretches with a change of clocks, a year apart, and one between. */
const somewhen = fc.oneof(
  fc.integer({ min: at('2024-03-24T00:00:00Z'), max: at('2024-04-06T00:00:00Z') }),
  fc.integer({ min: at('2025-03-24T00:00:00Z'), max: at('2025-04-06T00:00:00Z') }),
  fc.integer({ min: at('2024-10-20T00:00:00Z'), max: at('2024-11-02T00:00:00Z') }),
  // Close together, so that sessions, repeats and streaks occur.
  fc.integer({ min: 0, max: 60 }).map((step) => at('2025-01-28T20:00:00Z') + step * 400),
);

export const historyOf = (library: SomeLibrary, listens: Listen[], timeZone: string): SomeHistory => ({
  ...library,
  listens: [...listens].sort((a, b) => a.playedAt - b.playedAt || a.id - b.id),
  timeZone,
  analysis: new Analysis({
    journal: JournalColumns.fromListens(listens),
    library: LibraryIndex.from(library.albums, library.artists),
    calendar: createCalendar(timeZone),
  }),
});

/** A small library with a journal of up to 80 listens, some of them at an unknown date or of a track nobody knows. */
export function anyHistory(): fc.Arbitrary<SomeHistory> {
  const someListen = fc.record({
    playedAt: fc.oneof({ weight: 12, arbitrary: somewhen }, { weight: 1, arbitrary: fc.constant(DATE_UNKNOWN) }),
    pick: fc.nat(),
    source: fc.constantFrom(...ListenSources),
    zone: fc.constantFrom(undefined, 'Salon', 'Kitchen'),
  });
  return fc
    .record({
      library: anyLibrary(),
      plays: fc.array(someListen, { maxLength: 80 }),
      timeZone: fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Chatham', 'UTC'),
    })
    .map(({ library, plays, timeZone }) => {
      const known = [...library.tracks, { id: 999_999, owner: 999_999 }];
      const listens = plays.map(({ playedAt, pick, source, zone }, index): Listen => {
        const { id, owner } = known[pick % known.length]!;
        return { id: index + 1, playedAt, trackId: id, ownerId: owner, source, witnesses: 1, ...(zone && { zone }) };
      });
      return historyOf(library, listens, timeZone);
    });
}

/** All time, or a stretch whose ends fall anywhere among the listens. */
export const anyPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc.constant({ from: -Infinity, to: Infinity }),
  fc.tuple(somewhen, somewhen).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  fc.constant({ from: at('2005-01-01T00:00:00Z'), to: at('2025-02-01T00:00:00Z') }),
);
