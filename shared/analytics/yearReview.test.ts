import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyOf } from '#tests/arbitraries/analysis.ts';
import { albumDocument, copy } from '#tests/arbitraries/library.ts';
import { anyArchivedHistory, countBy, playsIn } from '#tests/arbitraries/plays.ts';
import type { Listen } from '../journal/listen.ts';
import { lead } from './lead.ts';
import { ALL_TIME, dayRange, yearPeriod } from './period.ts';
import { yearReview } from './yearReview.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;

describe('a year in review', () => {
  it('gathers what the parts say of that year', () => {
    fc.assert(
      fc.property(anyArchivedHistory(), fc.constantFrom(2024, 2025, 1999), (history, year) => {
        const review = yearReview(history.analysis, year, at('2025-04-01T00:00:00Z'));
        const plays = playsIn(history, yearPeriod(history.analysis.calendar, year));
        const perDay = countBy(plays.map(({ day }) => day));
        const most = Math.max(0, ...perDay.values());
        expect(review.lead.now.listens).toBe(plays.length);
        expect(review.whole).toBe(year < 2025);
        expect(review.months.map(({ listens }) => listens)).toEqual(
          Array.from(
            { length: 12 },
            (_, month) => plays.filter(({ day }) => Number(day.slice(5, 7)) === month + 1).length,
          ),
        );
        expect(review.busiestDay).toEqual(
          most === 0
            ? null
            : {
                day: [...perDay]
                  .filter(([, listens]) => listens === most)
                  .map(([day]) => day)
                  .sort()[0],
                listens: most,
              },
        );
        const hours = countBy(plays.map(({ hour }) => hour));
        expect(review.peakHour === null ? 0 : hours.get(review.peakHour)).toBe(Math.max(0, ...hours.values()));
        expect(review.artists.length === 0).toBe(plays.every(({ artists }) => artists.length === 0));
      }),
    );
  });

  it('puts the lead together', () => {
    const tracks = [{ id: 1, title: 'Persiennes', durationSeconds: 200 }];
    const albums = [
      albumDocument('1', { support: 'Vinyl', copies: [copy], artists: [{ id: '1', name: 'Nuit Plénière' }], tracks }),
      albumDocument('2', { artists: [{ id: '2', name: 'Marée Lente' }], tracks: [{ id: 2, title: 'Encore' }] }),
    ];
    const listens = [
      '2025-12-30T21:00:00Z',
      '2026-01-02T21:10:00Z',
      '2026-01-03T21:10:00Z',
      '2026-01-03T08:00:00Z',
    ].map((iso, index): Listen => ({
      id: index + 1,
      playedAt: at(iso),
      trackId: index === 3 ? 2 : 1,
      ownerId: index === 3 ? 2 : 1,
      source: 'lastfm',
      witnesses: 1,
    }));
    const { analysis } = historyOf({ albums, artists: [], tracks: [] }, listens, 'UTC');
    expect(lead(analysis, yearPeriod(analysis.calendar, 2026), at('2027-01-01T00:00:00Z'))).toMatchObject({
      now: { listens: 3, days: 2, seconds: 640, estimatedSeconds: 240, withoutDuration: 1 },
      before: { listens: 1 },
      hours: { from: 21, to: 22, share: 2 / 3 },
      mostly: { kind: 'owned', support: 'Vinyl', share: 2 / 3 },
      newAlbums: 1,
      topArtist: { artistId: '1', listens: 2 },
      topAlbum: { albumId: '1', listens: 2 },
    });
    // On one day of it both hold the same: neither is what was heard most.
    expect(lead(analysis, dayRange(analysis.calendar, '2026-01-03', '2026-01-03'), 0).mostly).toBeNull();
  });

  it('has nothing to say of silence', () => {
    const { analysis } = historyOf({ albums: [], artists: [], tracks: [] }, [], 'UTC');
    expect(lead(analysis, ALL_TIME, 0)).toMatchObject({
      before: null,
      hours: null,
      mostly: null,
      topArtist: null,
      topAlbum: null,
    });
    expect(yearReview(analysis, 2026, 0)).toMatchObject({
      busiestDay: null,
      peakHour: null,
      longestSession: null,
      longestStreak: null,
    });
  });
});
